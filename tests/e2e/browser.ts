/**
 * Finds the browser that the tests drive, and starts it.
 *
 * Looks in this order: `CHROME_PATH`; Playwright's own Chromium, where `npx playwright-core install chromium`
 * has put it; a Chrome or Chromium of the system; and then, as root on Debian, installs Debian's `chromium`.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a browser's executable. Rejects with what to do when there is none and none can be installed. */
export async function findBrowser(): Promise<string> {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!executable(chosen)) throw new Error(`CHROME_PATH names no program: ${chosen}`);
    return chosen;
  }
  const found = [chromium.executablePath(), ...inPath(), ...wellKnown].find(executable);
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await installDebianChromium();
    const installed = inPath().find(executable);
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chrome or Chromium. Install one, or set CHROME_PATH to its executable, ' +
      'or run: npx playwright-core install chromium',
  );
}

/** What every browser of these tests is started with. Nothing but this machine resolves. */
export const launchSwitches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
] as const;

/**
 * Starts the browser with a profile that is new and goes when it closes. Whatever a page wants from elsewhere
 * fails.
 *
 * @param args more command-line switches
 */
export async function launchBrowser(executablePath: string, args: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [...launchSwitches, ...args],
  });
}

function inPath(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function installDebianChromium(): Promise<void> {
  console.log('No Chrome or Chromium here: installing the chromium package of Debian …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
}
