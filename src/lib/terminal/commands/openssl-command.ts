import { defineCommand, type CustomCommand } from 'just-bash/browser';
import { binaryResult, bytesOfText } from './bytes.ts';

/** `openssl` in the shell; its code is fetched when it is first used. */
export const opensslCommand: CustomCommand = defineCommand(
  'openssl',
  async (args, { fs, cwd, env, stdin }) => {
    const { runOpenssl } = await import('../openssl/openssl.ts');
    const at = (path: string) => fs.resolvePath(cwd, path);
    const { stdout, stderr, exitCode } = await runOpenssl(args, {
      stdin: bytesOfText(stdin),
      env,
      read: async (path) => Uint8Array.from(await fs.readFileBuffer(at(path))),
      write: (path, bytes) => fs.writeFile(at(path), bytes),
    });
    return binaryResult(stdout, stderr, exitCode);
  },
);
