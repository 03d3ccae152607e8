/** `export`: save what can be read first, for a cloud that is out of order. */
export type ResetKind = 'reset' | 'export';

/** The one question that the site asks before it forgets a cloud. */
class ResetDialog {
  #kind = $state<ResetKind>('reset');
  #asked = $state(false);
  open = $state(false);

  get kind(): ResetKind {
    return this.#kind;
  }

  /** Whether anybody has wanted the dialog on this page; until then its code is not fetched. */
  get asked(): boolean {
    return this.#asked;
  }

  ask(kind: ResetKind): void {
    this.#kind = kind;
    this.#asked = true;
    this.open = true;
  }
}

export const resetDialog = new ResetDialog();
