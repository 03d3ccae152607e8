const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The reader's choice of theme, kept in this browser where it lets us. `static/theme.js` reads it first. */
class ThemeChoice {
  #current = $state<Theme>('auto');

  get current(): Theme {
    return this.#current;
  }

  /** Takes up what was chosen earlier; call in the browser. */
  restore(): void {
    const chosen = document.documentElement.dataset.theme;
    this.#current = themes.find((theme) => theme === chosen) ?? 'auto';
  }

  /** On to the next: automatic, light, dark. */
  next(): void {
    const theme = themes[(themes.indexOf(this.#current) + 1) % themes.length] ?? 'auto';
    this.#current = theme;
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Storage is blocked: the choice holds for this page.
    }
  }
}

export const theme = new ThemeChoice();
