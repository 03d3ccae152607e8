import type * as v from 'valibot';
import type { Clock } from '../clock/clock.ts';
import type { Randomness } from '../clock/randomness.ts';
import type { Attempt, Hsm } from '../hsm/hsm.ts';
import type { Moment } from '../look/look.ts';
import type { Transaction, Vault } from '../vault/vault.ts';

/** What an act brings about. */
export interface Outcome {
  /** One sentence. */
  summary: string;
  lostForEver?: { keyArn: string; why: string }[];
  attempts?: Attempt[];
}

/** What operators have to hand while they do one act. */
export interface Desk {
  vault: Vault;
  hsm: Hsm;
  clock: Clock;
  randomness: Randomness;
  /**
   * The act's one commit, with a record of the act in it, so that it stands in the time line even where it changed
   * nothing that is stored. May run `work` again, as `Vault.transact` does: what cannot be done twice is done before.
   */
  commit: (work: (transaction: Transaction) => Promise<Outcome> | Outcome) => Promise<Outcome>;
  /** @throws RangeError for a time that has passed, and for one beyond the end of clocks */
  moveClock(
    time: number,
    commit: (write: (transaction: Transaction) => void) => Promise<void>,
  ): Promise<void>;
  /** Does everything that has become due, to the end. */
  letTimePass: () => Promise<void>;
  /** Puts the records back to what they were after a commit, in a commit of this request id. */
  undo: (sequence: number, requestId: string) => Promise<Outcome>;
  /** Of the act's commit: `operator:<Act>:<uuid>`. */
  requestId: string;
}

/** One act that no request of AWS can ask for. */
export interface ActDeclaration<Schema extends v.GenericSchema> {
  input: Schema;
  /** @throws ActRefused when it cannot be done; then nothing has changed */
  run(input: v.InferOutput<Schema>, desk: Desk): Promise<Outcome>;
  /** What else is to be said once all has happened that followed from it. */
  afterwards?(happened: readonly Moment[]): string;
}

export function act<const Schema extends v.GenericSchema>(
  declaration: ActDeclaration<Schema>,
): ActDeclaration<Schema> {
  return declaration;
}

/** What was asked for cannot be done. The message is a sentence for the person who asked. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused';
}
