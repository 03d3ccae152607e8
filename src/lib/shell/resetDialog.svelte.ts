import type { Component } from 'svelte';

/** `export`: save what can be read first, for a cloud that is out of order. */
export type ResetKind = 'reset' | 'export';

/** The one question that the site asks before it forgets a cloud. Its dialog is fetched when first needed. */
class ResetDialog {
  #kind = $state<ResetKind>('reset');
  #dialog = $state.raw<Component>();
  open = $state(false);

  get kind(): ResetKind {
    return this.#kind;
  }

  /** The component that asks; absent until somebody has wanted it. */
  get dialog(): Component | undefined {
    return this.#dialog;
  }

  async ask(kind: ResetKind): Promise<void> {
    this.#kind = kind;
    this.#dialog ??= (await import('./ResetDialog.svelte')).default;
    this.open = true;
  }
}

export const resetDialog = new ResetDialog();
