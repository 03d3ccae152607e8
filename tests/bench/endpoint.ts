import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/build-site.js';
import { compare, type Candidate, type Comparison } from './compare.ts';
import { keepAliveClient, requestBytes, type Client } from './keep-alive-client.ts';

/**
 * The endpoint as `npm run endpoint` starts it, against a bare Node HTTP server that answers a constant: each in
 * a process of its own, over the same kind of connections, with the same requests.
 */
export async function compareEndpoint(): Promise<Comparison[]> {
  const endpoint = await start('scripts/endpoint.js', '--port', '0');
  const bare = await start('tests/bench/bare-server.js');
  try {
    const client = await keepAliveClient(endpoint.url);
    const created = await client.send(requestBytes(endpoint.url, 'CreateKey', {}));
    client.close();
    const { KeyMetadata } = JSON.parse(created.toString()) as { KeyMetadata: { KeyId: string } };
    const { KeyId } = KeyMetadata;
    const Plaintext = Buffer.alloc(64, 1).toString('base64');
    const requests: [string, object][] = [
      ['Encrypt', { KeyId, Plaintext, EncryptionContext: { purpose: 'bench' } }],
      ['GenerateDataKey', { KeyId, KeySpec: 'AES_256', EncryptionContext: { purpose: 'bench' } }],
    ];
    const comparisons: Comparison[] = [];
    for (const [operation, input] of requests) {
      for (const clients of [1, 16]) {
        const candidate = (url: string) => manyClients(url, clients, requestBytes(url, operation, input));
        const name = `${operation} at the endpoint by ${clients} client${clients > 1 ? 's' : ''} ÷ a constant`;
        const [subject, baseline] = [await candidate(endpoint.url), await candidate(bare.url)];
        comparisons.push(
          await compare(name, { subject, baseline }, { calls: clients > 1 ? 50 : 300, rounds: 15 }),
        );
        subject.close();
        baseline.close();
      }
    }
    return comparisons;
  } finally {
    endpoint.stop();
    bare.stop();
  }
}

/** One call is one request by each client at the same time. */
async function manyClients(
  url: string,
  count: number,
  request: Buffer,
): Promise<Candidate & { close: () => void }> {
  const clients: Client[] = await Promise.all(Array.from({ length: count }, () => keepAliveClient(url)));
  return {
    call: () => Promise.all(clients.map((client) => client.send(request))),
    close: () => clients.forEach((client) => client.close()),
  };
}

async function start(script: string, ...args: string[]): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, [join(projectRoot, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /listening on (\S+)\n/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', () => reject(new Error(`${script} has ended.`)));
  });
  return { url, stop: () => void child.kill() };
}
