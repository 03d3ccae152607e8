/**
 * Lets time bring about what is due: one turn after the other, so that nothing is begun twice. `settle` resolves with
 * whether more is left that nobody need wait for.
 */
export class PassingTime {
  readonly #settle: () => Promise<boolean>;
  readonly #onFailure: (error: unknown) => void;
  /** Never rejects. */
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(settle: () => Promise<boolean>, onFailure: (error: unknown) => void) {
    this.#settle = settle;
    this.#onFailure = onFailure;
  }

  /** Before a request: what must have happened first. What fails is tried again with the next one. */
  pass(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#settle();
    });
  }

  /** All of it, to the end. */
  passWholly(): Promise<void> {
    return this.#inTurn(async () => {
      while (await this.#settle());
    });
  }

  #inTurn(job: () => Promise<void>): Promise<void> {
    const turn = this.#lastTurn.then(job);
    this.#lastTurn = turn.catch((error: unknown) => this.#onFailure(error));
    return turn;
  }
}
