import { firstLayout, moveBorder, readLayout, type PaneName, type SavedLayout } from './saved-layout.ts';

const storageKey = 'playground-layout';

/** Which faces are open, how wide they are, and which has the whole place. Kept in this browser where it lets us. */
class Layout {
  #layout = $state.raw<SavedLayout>(firstLayout);

  get open(): readonly PaneName[] {
    return this.#layout.open;
  }

  get maximised(): PaneName | undefined {
    return this.#layout.maximised;
  }

  /** The pane that is seen where there is room for one only. */
  get chosen(): PaneName | undefined {
    return this.#layout.chosen;
  }

  get weights(): SavedLayout['weights'] {
    return this.#layout.weights;
  }

  isOpen(name: PaneName): boolean {
    return this.#layout.open.includes(name);
  }

  /** Takes up what was kept; call in the browser. */
  restore(): void {
    try {
      this.#layout = readLayout(localStorage.getItem(storageKey));
    } catch {
      // Storage is blocked: each visit begins with the first layout.
    }
  }

  /** Opens a pane where it is not open, and has it seen. */
  show(name: PaneName): void {
    const { maximised, open } = this.#layout;
    this.#become({
      open: open.includes(name) ? open : [...open, name],
      maximised: maximised === undefined ? undefined : name,
      chosen: name,
    });
  }

  close(name: PaneName): void {
    const { open, maximised, chosen } = this.#layout;
    this.#become({
      open: open.filter((one) => one !== name),
      maximised: maximised === name ? undefined : maximised,
      chosen: chosen === name ? undefined : chosen,
    });
  }

  toggleMaximised(name: PaneName): void {
    this.#become({ maximised: this.#layout.maximised === name ? undefined : name, chosen: name });
  }

  /** Moves the border between two neighbours; `share` is the left one's of both. */
  moveBorder(left: PaneName, right: PaneName, share: number): void {
    this.#become({ weights: moveBorder(this.#layout.weights, left, right, share) });
  }

  #become(change: { [Part in keyof SavedLayout]?: SavedLayout[Part] | undefined }): void {
    const entries = Object.entries({ ...this.#layout, ...change }).filter(([, value]) => value !== undefined);
    this.#layout = Object.fromEntries(entries) as unknown as SavedLayout;
    try {
      localStorage.setItem(storageKey, JSON.stringify(this.#layout));
    } catch {
      // Storage is blocked or full: the layout holds for this page.
    }
  }
}

export const layout = new Layout();
