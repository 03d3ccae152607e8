import { versions } from 'virtual:sandbox';
import type { SourceFile } from './source-file.ts';

/** Node has no `self`, where the Encryption SDK's build for browsers looks for Web Crypto. */
export const selfJs = 'globalThis.self = globalThis;\n';

export function usesEncryptionSdk(files: readonly SourceFile[]): boolean {
  return files.some(({ text }) => text.includes('@aws-crypto/client-browser'));
}

/**
 * A `package.json` with which the files run as they are, in Node, with the credentials of an AWS account in the
 * environment or in `~/.aws`: `npm install`, `npm start`.
 */
export function packageJsonFor(files: readonly SourceFile[]): string {
  const dependencies = Object.fromEntries(
    Object.entries(versions).filter(([name]) =>
      files.some(({ text }) => text.includes(`'${name}'`) || text.includes(`"${name}"`)),
    ),
  );
  return `${JSON.stringify(
    {
      name: 'from-glass-kms',
      private: true,
      type: 'module',
      scripts: { start: usesEncryptionSdk(files) ? 'tsx --import ./self.js index.ts' : 'tsx index.ts' },
      dependencies,
      devDependencies: { tsx: '^4.20.0' },
    },
    null,
    2,
  )}\n`;
}
