/**
 * The solution's source, cut into steps and coloured at build time, so that no highlighter is sent to the
 * reader, and what is shown is what the tests run.
 */
import Prism from 'prismjs';
import 'prismjs/components/prism-typescript.js';

/** The region of a solution that belongs to a step, with the imports that it uses. Throws if there is none. */
export function stepSource(source: string, step: string): string {
  const region = new RegExp(`^// #region ${step}\\n([\\s\\S]*?)^// #endregion`, 'm').exec(source)?.[1];
  if (region === undefined) throw new Error(`The solution has no region called ${step}.`);
  const imports = importsUsedBy(region, source);
  return `${imports.join('\n')}\n\n${region.trim()}\n`;
}

/** TypeScript as HTML: text and `<span class="token …">`. */
export function highlight(code: string): string {
  return Prism.highlight(code, Prism.languages['typescript']!, 'typescript');
}

/** The source's import statements, each cut down to the names that the region uses. */
function importsUsedBy(region: string, source: string): string[] {
  const statements = source.matchAll(/^import (type )?\{([^}]*)\} from '([^']+)';$/gm);
  return [...statements].flatMap(([, type = '', names = '', from]) => {
    const used = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && new RegExp(`\\b${name.replace(/^type /, '')}\\b`).test(region));
    if (used.length === 0) return [];
    const line = `import ${type}{ ${used.join(', ')} } from '${from}';`;
    return line.length <= 80 ? [line] : [`import ${type}{\n  ${used.join(',\n  ')},\n} from '${from}';`];
  });
}
