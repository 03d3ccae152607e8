import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/**
 * Serves a built site as a plain static host does: files by their path (`/glass` leads to `/glass/` where
 * that is a folder), `404.html` with status 404 for everything else, no rewriting, and no security headers, so that
 * whatever protects the site must be in its own pages.
 *
 * @param {object} options
 * @param {string} options.directory the built site
 * @param {string} [options.base] the path it was built for, such as `/glass-kms`; outside of it is nothing
 * @param {number} [options.port] 0 (the default) takes any free one
 * @param {string[]} [options.hosts] addresses to listen on, the first of which must be free;
 *   a machine without IPv6 has no `::1`
 * @returns {Promise<{ url: string; close: () => Promise<void> }>} `url` without a slash at its end.
 *   Rejects with `EADDRINUSE` when another program has the port.
 */
export async function serveSite({ directory, base = '', port = 0, hosts = ['127.0.0.1'] }) {
  if (!existsSync(join(directory, 'index.html'))) throw new Error(`There is no built site in ${directory}.`);
  const files = sirv(directory, {
    etag: true,
    // Kit puts a hash of their content into the names of these files, and only of these.
    setHeaders: (response, path) =>
      response.setHeader(
        'Cache-Control',
        path.startsWith('/_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
    onNoMatch: (_request, response) => notFound(response),
  });

  // Pages have relative links, so a folder's page is right only at the address that ends in a slash.
  const folders = new Set(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((file) => `/${file.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('/index.html'))
      .map((file) => file.slice(0, -'/index.html'.length)),
  );

  /** @param {import('node:http').ServerResponse} response */
  function notFound(response) {
    response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' });
    createReadStream(join(directory, '404.html')).pipe(response);
  }

  /** @type {import('node:http').RequestListener} */
  const listener = (request, response) => {
    const url = request.url ?? '/';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    } else if (base && url === base) {
      response.writeHead(301, { Location: `${base}/` }).end();
    } else if (!url.startsWith(`${base}/`)) {
      notFound(response);
    } else {
      request.url = url.slice(base.length);
      const [path = '', query] = request.url.split(/\?(.*)/s);
      if (folders.has(path)) {
        const search = query === undefined ? '' : `?${query}`;
        response.writeHead(301, { Location: `${base}${path}/${search}` }).end();
      } else {
        files(request, response);
      }
    }
  };

  /** @type {import('node:http').Server[]} */
  const servers = [];
  for (const [index, host] of hosts.entries()) {
    const server = createServer(listener);
    try {
      port = await listen(server, port, host);
      servers.push(server);
    } catch (error) {
      const missing = /** @type {NodeJS.ErrnoException} */ (error).code;
      if (index > 0 && (missing === 'EADDRNOTAVAIL' || missing === 'EAFNOSUPPORT')) continue;
      for (const started of servers) started.close();
      throw error;
    }
  }
  return {
    url: `http://${hosts[0]}:${port}${base}`,
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port that it got
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
