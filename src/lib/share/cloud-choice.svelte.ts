import type { ScenarioView } from '$engine/look/look.ts';
import { Attempt } from '$lib/cloud/attempt.svelte.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import type { Shared } from './contents.ts';

export type CloudPart = 'none' | 'seed' | 'design';

/** What of the cloud goes into a link: nothing, its seed with what it was founded from, or what it is like now. */
export class CloudChoice {
  #wanted = $state<CloudPart>();
  readonly #looking = new Attempt<ScenarioView>();

  /** What there is to choose. */
  get parts(): CloudPart[] {
    return ['none', ...(cloud.view?.seed === undefined ? [] : ['seed' as const]), 'design'];
  }

  /** The one chosen; a seed, where there is one, until somebody chooses. */
  get part(): CloudPart {
    const { parts } = this;
    if (this.#wanted !== undefined && parts.includes(this.#wanted)) return this.#wanted;
    return parts.includes('seed') ? 'seed' : 'none';
  }

  set part(part: CloudPart) {
    this.#wanted = part;
  }

  /** Nothing can be said of the cloud yet. */
  get busy(): boolean {
    return this.#looking.busy;
  }

  get fault() {
    return this.#looking.fault;
  }

  get view(): ScenarioView | undefined {
    return this.#looking.output;
  }

  get contents(): Pick<Shared, 'seed' | 'scenario'> {
    const { part, view } = this;
    if (part === 'design') return view ? { scenario: view.scenario } : {};
    const seed = cloud.view?.seed;
    if (part === 'none' || seed === undefined) return {};
    return { seed, ...(view?.foundedFrom && { scenario: view.foundedFrom }) };
  }

  look(): void {
    void this.#looking.run(() => cloud.look('scenario', {}));
  }
}
