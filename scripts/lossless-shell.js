import { fileURLToPath } from 'node:url';

const text = fileURLToPath(new URL('../src/lib/terminal/shell/lossless-text.ts', import.meta.url));

/** The interpreter's only decoder and encoder of what commands hand on. */
const coders = /=new TextDecoder\("utf-8",\{fatal:!0\}\),(\w+)=new TextEncoder,/g;

/**
 * Lets the terminal's shell hand on bytes of any kind: just-bash takes what loops, groups, functions and `<( )` write for
 * text, and spoils what is no UTF-8. Fails where a new version has it in other words.
 *
 * @returns {import('vite').Plugin}
 */
export function losslessShell() {
  return {
    name: 'lossless-shell',
    enforce: 'pre',
    transform: {
      filter: { id: /just-bash\/dist\/bundle\/browser\.js/ },
      handler(code) {
        const found = [...code.matchAll(coders)].length;
        if (found !== 1) throw new Error(`just-bash has its coders of text ${found} times, not once.`);
        const mended = code.replace(coders, '=__losslessDecoder,$1=__losslessEncoder,');
        const imported = `import{losslessDecoder as __losslessDecoder,losslessEncoder as __losslessEncoder}from${JSON.stringify(text)};`;
        return { code: imported + mended, map: null };
      },
    },
  };
}
