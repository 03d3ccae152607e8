import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildSite, projectRoot } from '../../scripts/build-site.js';
import { siteSources } from '../../scripts/site-version.js';
import { serveSite } from '../../scripts/static-server.js';
import { buildPage } from '../support/build-page.ts';
import { findBrowser } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The site as `npm run build` makes it. No slash at the end. */
    siteUrl: string;
    /** The very same site, served under `/glass-kms`. */
    subPathUrl: string;
    /**
     * The built site again, and on the same origin two pages for tests: `/sdk-page/` with the AWS SDK in it, and
     * `/cloud-page/` with nothing but the connection to the cloud.
     */
    siteWithSdkUrl: string;
    browserPath: string;
  }
}

/** Builds what is out of date, serves it on free ports of this machine, and takes it down at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browserPath = await findBrowser();
  const site = join(projectRoot, 'build');
  await buildIfStale(site, { BASE_PATH: '', BUILD_DIR: site });

  const siteWithSdk = join(projectRoot, 'test-results/site-with-sdk');
  rmSync(siteWithSdk, { recursive: true, force: true });
  cpSync(site, siteWithSdk, { recursive: true });
  await buildPage(join(projectRoot, 'tests/e2e/sdk-page'), join(siteWithSdk, 'sdk-page'));
  await buildPage(join(projectRoot, 'tests/e2e/cloud-page'), join(siteWithSdk, 'cloud-page'));

  const servers = [
    await serveSite({ directory: site }),
    await serveSite({ directory: site, base: '/glass-kms' }),
    await serveSite({ directory: siteWithSdk }),
  ] as const;
  project.provide('siteUrl', servers[0].url);
  project.provide('subPathUrl', servers[1].url);
  project.provide('siteWithSdkUrl', servers[2].url);
  project.provide('browserPath', browserPath);
  return async () => {
    for (const server of servers) await server.close();
  };
}

async function buildIfStale(directory: string, env: Record<string, string>): Promise<void> {
  const built = statSync(join(directory, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (siteSources.some((source) => newest(join(projectRoot, source)) > built)) await buildSite({ env });
}

/** When the file, or the newest file in the folder, was last written; milliseconds since the Unix epoch. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time changes when a file in it is removed or renamed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
