/** What a Node HTTP server can do at best: it reads each request and answers a constant, as long as KMS's answer. */
import { createServer } from 'node:http';

const body = JSON.stringify({ CiphertextBlob: 'A'.repeat(240), KeyId: 'arn'.padEnd(75, ':') });
const headers = {
  'Content-Type': 'application/x-amz-json-1.1',
  'Content-Length': String(Buffer.byteLength(body)),
};

const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    response.writeHead(200, headers);
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.stdout.write(`listening on http://127.0.0.1:${address?.port}\n`);
});
