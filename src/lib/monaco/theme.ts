import type { Monaco } from './load.ts';

/** The site's colours by Monaco's names. Where two stand, the second is how much of it covers the ground. */
const colours = {
  'editor.background': ['--paper-raised'],
  'editor.foreground': ['--ink'],
  'editorLineNumber.foreground': ['--ink-faint'],
  'editorLineNumber.activeForeground': ['--ink'],
  'editorCursor.foreground': ['--ink'],
  'editor.selectionBackground': ['--layer-clients', 0.24],
  'editor.inactiveSelectionBackground': ['--layer-clients', 0.14],
  'editor.selectionHighlightBackground': ['--layer-clients', 0.12],
  'editor.wordHighlightBackground': ['--layer-clients', 0.12],
  'editor.lineHighlightBackground': ['--ink', 0.04],
  'editor.lineHighlightBorder': ['--ink', 0],
  'editorIndentGuide.background1': ['--hairline'],
  'editorBracketMatch.border': ['--rule'],
  'editorBracketMatch.background': ['--ink', 0.06],
  // Brackets in colours by their depth would be colours without a meaning.
  'editorBracketHighlight.foreground1': ['--ink-soft'],
  'editorBracketHighlight.foreground2': ['--ink-soft'],
  'editorBracketHighlight.foreground3': ['--ink-soft'],
  'editorBracketHighlight.unexpectedBracket.foreground': ['--layer-hsm'],
  'editorGutter.background': ['--paper-raised'],
  'editorError.foreground': ['--layer-hsm'],
  'editorWarning.foreground': ['--layer-audit'],
  'editorInfo.foreground': ['--layer-clients'],
  'editorHint.foreground': ['--ink-faint'],
  // Faded words would be hard to read.
  'editorUnnecessaryCode.opacity': ['--ink'],
  'editorUnnecessaryCode.border': ['--rule'],
  'editorWidget.background': ['--paper-raised'],
  'editorWidget.foreground': ['--ink'],
  'editorWidget.border': ['--rule'],
  'editorHoverWidget.background': ['--paper-raised'],
  'editorHoverWidget.border': ['--rule'],
  'editorSuggestWidget.background': ['--paper-raised'],
  'editorSuggestWidget.border': ['--rule'],
  'editorSuggestWidget.selectedBackground': ['--ink', 0.1],
  'editorSuggestWidget.selectedForeground': ['--ink'],
  'editorSuggestWidget.highlightForeground': ['--layer-clients'],
  'editorSuggestWidget.focusHighlightForeground': ['--layer-clients'],
  'list.hoverBackground': ['--ink', 0.06],
  'menu.background': ['--paper-raised'],
  'menu.foreground': ['--ink'],
  'menu.selectionBackground': ['--ink', 0.1],
  'menu.selectionForeground': ['--ink'],
  'quickInput.background': ['--paper-raised'],
  'quickInput.foreground': ['--ink'],
  'input.background': ['--paper'],
  'input.foreground': ['--ink'],
  'input.border': ['--rule'],
  focusBorder: ['--ink'],
  'scrollbarSlider.background': ['--rule', 0.4],
  'scrollbarSlider.hoverBackground': ['--rule', 0.6],
  'scrollbarSlider.activeBackground': ['--rule', 0.8],
  'textLink.foreground': ['--layer-clients'],
} as const;

/** What the words of a program are drawn in. Strings and numbers are data, as the storage layer keeps it. */
const words = {
  '': '--ink',
  comment: '--ink-faint',
  keyword: '--layer-management',
  string: '--layer-storage',
  'string.key.json': '--layer-clients',
  'string.value.json': '--layer-storage',
  'keyword.json': '--layer-management',
  number: '--layer-audit',
  regexp: '--layer-audit',
  type: '--layer-clients',
  delimiter: '--ink-soft',
} as const;

/** Draws all editors in the page's colours, and again whenever the page changes them. */
export function followTheme(monaco: Monaco): void {
  const draw = (): void => {
    const colourOf = tokenReader();
    monaco.editor.defineTheme('glass', {
      base: isDark() ? 'vs-dark' : 'vs',
      inherit: true,
      colors: Object.fromEntries(
        Object.entries(colours).map(([name, [token, cover]]) => [name, colourOf(token, cover)]),
      ),
      rules: Object.entries(words).map(([token, colour]) => ({
        token,
        foreground: colourOf(colour).slice(1),
        ...(token === 'comment' && { fontStyle: 'italic' }),
      })),
    });
    monaco.editor.setTheme('glass');
  };
  draw();
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Reads design tokens as Monaco wants colours: `#rrggbbaa`. */
function tokenReader(): (token: string, cover?: number) => string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const style = document.documentElement.style;
  return (token, cover = 1) => {
    // Only a property that takes a colour has the browser choose between a token's light and dark half.
    style.setProperty('outline-color', `var(${token})`);
    context.fillStyle = getComputedStyle(document.documentElement).outlineColor;
    style.removeProperty('outline-color');
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return '#' + [red, green, blue, Math.round(cover * 255)].map(twoDigits).join('');
  };
}

function twoDigits(value: number): string {
  return value.toString(16).padStart(2, '0');
}
