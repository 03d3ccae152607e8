import type { StoredToken } from '$engine/look/look.ts';
import type { CloudConnection } from '$lib/cloud/connection.svelte.ts';
import { OperatorActs } from '$lib/glass/shell/operator-acts.svelte.ts';
import type { Target } from './scope.ts';

type Zone = StoredToken['copies'][number]['zone'];
type Door = Pick<CloudConnection, 'look' | 'operate'>;

/** As many as one look gives. */
const lookLimit = 500;

/** What can be done to the storage layer from this picture. */
export class StorageActs extends OperatorActs {
  readonly #door: Door;

  constructor(door: Door) {
    super(door);
    this.#door = door;
  }

  lose(zones: Zone[], target: Target): Promise<void> {
    return this.do({ act: 'LoseCopies', zones, ...target });
  }

  corrupt(zone: Zone, { keyArn, materialId }: StoredToken): Promise<void> {
    return this.do({ act: 'CorruptCopy', zone, keyArn, materialId });
  }

  repair(): Promise<void> {
    return this.do({ act: 'RepairCopies' });
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
}
