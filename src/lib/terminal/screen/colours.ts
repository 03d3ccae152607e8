import type { ITheme } from '@xterm/xterm';

/** The page's colours for the screen, as they are now; custom properties alone do not tell which half holds. */
export function coloursOf(element: HTMLElement): ITheme {
  const probe = document.createElement('span');
  element.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const layers = {
    red: colour('--layer-hsm'),
    green: colour('--layer-storage'),
    yellow: colour('--layer-audit'),
    blue: colour('--layer-clients'),
    magenta: colour('--layer-management'),
    cyan: colour('--layer-storage'),
    white: colour('--ink'),
    black: colour('--ink-soft'),
  };
  const theme = {
    background: colour('--paper-raised'),
    foreground: colour('--ink'),
    cursor: colour('--ink'),
    cursorAccent: colour('--paper-raised'),
    selectionBackground: colour('--hairline'),
    ...layers,
    brightRed: layers.red,
    brightGreen: layers.green,
    brightYellow: layers.yellow,
    brightBlue: layers.blue,
    brightMagenta: layers.magenta,
    brightCyan: layers.cyan,
    brightWhite: layers.white,
    brightBlack: colour('--ink-faint'),
  };
  probe.remove();
  return theme;
}

/** Calls when the page's theme changes; returns what ends that. */
export function onThemeChange(call: () => void): () => void {
  const observer = new MutationObserver(call);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', call);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', call);
  };
}
