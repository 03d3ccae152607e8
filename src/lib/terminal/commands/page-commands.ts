/** Commands that have to do with the page around the terminal. */
import { defineCommand, type CustomCommand } from 'just-bash/browser';
import { terminalText } from '$lib/strings/terminal.ts';

export interface PageCommands {
  /** The lines of before, oldest first. */
  history(): readonly string[];
  /** Hands a file to the browser's downloads. */
  download(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** The interpreter has commands of these names built in, which know nothing of this terminal. */
export const pageFunctions = 'help() { terminal-help; }\nhistory() { terminal-history; }';

export function pageCommands(page: PageCommands): CustomCommand[] {
  return [
    defineCommand('whoami', async () => said('you\n')),
    defineCommand('terminal-history', async () => {
      const lines = page.history().map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`);
      return said(lines.join(''));
    }),
    defineCommand('terminal-help', async () => said(terminalText.help)),
    defineCommand('download', async (args, { fs, cwd }) => {
      if (args.length === 0) return failed('usage: download FILE...\n');
      for (const path of args) {
        try {
          const bytes = Uint8Array.from(await fs.readFileBuffer(fs.resolvePath(cwd, path)));
          await page.download(path.replace(/^.*\//, ''), bytes);
        } catch {
          return failed(`download: ${path}: No such file or directory\n`);
        }
      }
      return said('');
    }),
  ];
}

function said(stdout: string): { stdout: string; stderr: string; exitCode: number } {
  return { stdout, stderr: '', exitCode: 0 };
}

function failed(stderr: string): { stdout: string; stderr: string; exitCode: number } {
  return { stdout: '', stderr, exitCode: 1 };
}
