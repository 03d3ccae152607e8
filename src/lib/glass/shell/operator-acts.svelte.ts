import type { ActReport, OperatorAct } from '$engine/operator/acts.ts';
import type { CloudConnection } from '$lib/cloud/connection.svelte.ts';
import { Attempt } from '$lib/cloud/attempt.svelte.ts';

/** Does operators' acts, one at a time, and tells what came of the last of them. */
export class OperatorActs {
  readonly #door: Pick<CloudConnection, 'operate'>;
  readonly #attempt = new Attempt<ActReport>();
  #last = $state.raw<OperatorAct['act']>();

  constructor(door: Pick<CloudConnection, 'operate'>) {
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

  /** The act that `report` or `fault` is about. */
  get last(): OperatorAct['act'] | undefined {
    return this.#last;
  }

  do(act: OperatorAct): Promise<void> {
    this.#last = act.act;
    return this.#attempt.run(() => this.#door.operate(act));
  }
}
