import type { StoredToken } from '$engine/look/look.ts';
import type { ActReport, OperatorAct } from '$engine/operator/acts.ts';
import type { CloudConnection } from '$lib/cloud/connection.svelte.ts';
import { Attempt } from '$lib/lesson/attempt.svelte.ts';
import type { Target } from './scope.ts';

type Zone = StoredToken['copies'][number]['zone'];
type Door = Pick<CloudConnection, 'look' | 'operate'>;

/** As many as one look gives. */
const lookLimit = 500;

/** What can be done to the storage layer from this picture, and what came of the last of it. */
export class StorageActs {
  readonly #door: Door;
  readonly #attempt = new Attempt<ActReport>();

  constructor(door: Door) {
    this.#door = door;
  }

  get busy(): boolean {
    return this.#attempt.busy;
  }

  get report(): ActReport | undefined {
    return this.#attempt.output;
  }

  get fault() {
    return this.#attempt.fault;
  }

  lose(zones: Zone[], target: Target): Promise<void> {
    return this.#do({ act: 'LoseCopies', zones, ...target });
  }

  corrupt(zone: Zone, { keyArn, materialId }: StoredToken): Promise<void> {
    return this.#do({ act: 'CorruptCopy', zone, keyArn, materialId });
  }

  repair(): Promise<void> {
    return this.#do({ act: 'RepairCopies' });
  }

  /** Every sealed key that `target` covers, however many. */
  async tokens({ keyArn, materialId }: Target): Promise<StoredToken[]> {
    const found: StoredToken[] = [];
    for (let total = 1; found.length < total;) {
      const query = { from: found.length, limit: lookLimit, ...(keyArn !== undefined && { keyArn }) };
      const page = await this.#door.look('storage', query);
      if (page.tokens.length === 0) break;
      found.push(...page.tokens);
      total = page.matching;
    }
    return found.filter((token) => materialId === undefined || token.materialId === materialId);
  }

  #do(act: OperatorAct): Promise<void> {
    return this.#attempt.run(() => this.#door.operate(act));
  }
}
