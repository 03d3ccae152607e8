/** A page that has nothing but the connection, for tests: what they call in it is what the site's pages call. */
import { cloudTrailClient, type CloudTrailClient } from '$lib/cloud/cloudtrail.ts';
import { cloud, type CloudConnection } from '$lib/cloud/connection.svelte.ts';
import { exportCloud, exportFile } from '$lib/cloud/export.ts';
import { kmsClient, type KmsClient } from '$lib/cloud/kms.ts';

export interface CloudPage {
  cloud: CloudConnection;
  /** Signed by Ada, as is all here. */
  kms: KmsClient;
  trail: CloudTrailClient;
  /** What `fetch` has rejected with, as `name: message`. */
  broken: string[];
  /** The text of the file that an export downloads. */
  exported(): Promise<string>;
}

declare global {
  var cloudPage: CloudPage;
}

const ada = () => cloud.identities.find(({ name }) => name === 'Ada');
const broken: string[] = [];
const door = {
  fetch: (request: Request) =>
    cloud.fetch(request).catch((error: unknown) => {
      broken.push(String(error));
      throw error;
    }),
};

// The identity to sign with is known only then.
await cloud.start();
globalThis.cloudPage = {
  cloud,
  kms: kmsClient(door, ada),
  trail: cloudTrailClient(door, ada),
  broken,
  exported: async () => exportFile(await exportCloud(cloud)).text(),
};
