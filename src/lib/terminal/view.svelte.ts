const place = 'terminal-view';

/** Which view of the terminal the learner has chosen: a screen of characters, or plain text. */
class TerminalView {
  #plain = $state(false);

  get plain(): boolean {
    return this.#plain;
  }

  /** Takes up what was chosen earlier. On touch, where a screen of characters has no good keyboard, plain text. */
  restore(): void {
    let chosen: string | null = null;
    try {
      chosen = localStorage.getItem(place);
    } catch {
      // Storage is blocked: nothing was chosen.
    }
    this.#plain = chosen === null ? matchMedia('(pointer: coarse)').matches : chosen === 'plain';
  }

  choose(plain: boolean): void {
    this.#plain = plain;
    try {
      localStorage.setItem(place, plain ? 'plain' : 'screen');
    } catch {
      // Storage is blocked: the choice holds for this page.
    }
  }
}

export const terminalView = new TerminalView();
