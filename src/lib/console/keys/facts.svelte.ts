import type { KeyMetadata } from '@aws-sdk/client-kms';
import { faultOf, type Fault } from '$lib/cloud/attempt.svelte.ts';
import { aws } from '../client.ts';
import type { KeyRow } from './rows.ts';

type Facts = { metadata: KeyMetadata } | { fault: Fault };

/** DescribeKey is asked of so many keys at a time. */
const atATime = 6;

/** What DescribeKey says of the keys of a list: asked once each, and only of those that somebody looks at. */
export class KeyFacts {
  #known = $state.raw<ReadonlyMap<string, Facts>>(new Map());
  readonly #wanted = new Set<string>();
  #queue: string[] = [];
  #missing = $state(0);

  /** How many are still to come. */
  get missing(): number {
    return this.#missing;
  }

  /** The rows, with what is known by now. */
  addTo(rows: readonly KeyRow[]): KeyRow[] {
    return rows.map((row) => ({ ...row, ...this.#known.get(row.arn) }));
  }

  /** Has these keys described, unless they have been. */
  want(arns: readonly string[]): void {
    const added = arns.filter((arn) => !this.#wanted.has(arn));
    if (added.length === 0) return;
    for (const arn of added) this.#wanted.add(arn);
    const idle = this.#missing === 0;
    this.#queue.push(...added);
    this.#missing += added.length;
    if (idle) void this.#work();
  }

  /** Batch by batch, so that the list is drawn anew once a batch and not once a key. */
  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, atATime * 4);
      const found = new Map(this.#known);
      const next = batch.values();
      const workers = Array.from({ length: atATime }, async () => {
        for (const arn of next) found.set(arn, await describe(arn));
      });
      await Promise.all(workers);
      this.#known = found;
      this.#missing -= batch.length;
    }
  }
}

async function describe(arn: string): Promise<Facts> {
  try {
    const { KeyMetadata } = await aws.call('DescribeKey', { KeyId: arn });
    return { metadata: KeyMetadata! };
  } catch (error) {
    return { fault: faultOf(error)! };
  }
}
