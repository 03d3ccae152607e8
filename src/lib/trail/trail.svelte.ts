import type { CloudTrailRecord } from '$engine/cloudtrail/types.ts';
import type { CloudTrailClient } from '$lib/cloud/cloudtrail.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { standIn } from '$lib/cloud/stand-in.ts';

/** The audit trail as the role Auditor reads it, page by page. */
export class Trail {
  #records = $state.raw<CloudTrailRecord[]>([]);
  #nextToken = $state.raw<string>();
  #busy = $state(false);
  #failure = $state.raw<string>();
  #read = $state(false);
  #client: Promise<CloudTrailClient> | undefined;

  /** Newest first. */
  get records(): readonly CloudTrailRecord[] {
    return this.#records;
  }
  get hasOlder(): boolean {
    return this.#nextToken !== undefined;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** Why it could not be read, in the words of whoever refused. */
  get failure(): string | undefined {
    return this.#failure;
  }
  /** Whether it has been read at all. */
  get read(): boolean {
    return this.#read;
  }

  /** Reads the newest records, and forgets those read before. */
  refresh(): Promise<void> {
    return this.#page(undefined);
  }

  /** Adds the next page of older records. */
  older(): Promise<void> {
    return this.#page(this.#nextToken);
  }

  async #page(token: string | undefined): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#failure = undefined;
    try {
      await cloud.start();
      const { recordOf } = await import('$lib/cloud/cloudtrail.ts');
      const client = await (this.#client ??= connect());
      const page = await client.lookupEvents({ MaxResults: 50, ...(token ? { NextToken: token } : {}) });
      const records = page.Events.map(recordOf);
      this.#records = token ? [...this.#records, ...records] : records;
      this.#nextToken = page.NextToken;
      this.#read = true;
    } catch (error) {
      this.#client = undefined;
      this.#failure = (error as Error).message;
    } finally {
      this.#busy = false;
    }
  }
}

async function connect(): Promise<CloudTrailClient> {
  const { cloudTrailClient } = await import('$lib/cloud/cloudtrail.ts');
  return cloudTrailClient(cloud, () => standIn(cloud.identities, 'Auditor'), {
    userAgent: 'glass-kms-trail',
  });
}
