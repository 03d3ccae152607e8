import { madeCalls } from '$lib/playground/calls.svelte.ts';

const changing =
  /^(Create|Delete|Update|Put|Tag|Untag|Enable|Disable|Schedule|Cancel|Rotate|Import|Replicate|Retire|Revoke|Connect|Disconnect)/;

/** Whether an operation changes what pages show. */
export const isChange = (operation: string): boolean => changing.test(operation);

/** Whether what is shown is still so. */
class Freshness {
  #version = $state(0);
  /** Number of the latest call of any face when everything was asked for. */
  #seen = $state(0);

  /** Grows when what is shown must be asked for again. */
  get version(): number {
    return this.#version;
  }

  /** Whether another face has changed something since. */
  get isStale(): boolean {
    return madeCalls.all.some(
      ({ id, face, operation, errorName }) =>
        id > this.#seen && face !== 'console' && errorName === undefined && isChange(operation),
    );
  }

  /** Has everything that is shown asked for again. */
  refresh(): void {
    this.#seen = madeCalls.all.at(-1)?.id ?? 0;
    this.#version++;
  }
}

export const freshness = new Freshness();
