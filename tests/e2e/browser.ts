/**
 * Finds the browser that the tests drive, and starts it.
 *
 * Looks in this order: `CHROME_PATH`; Playwright's own Chromium, where `npx playwright-core install chromium`
 * has put it; Chromium's headless shell, which is the same browser without its windows and takes less than half the
 * processor time (measured), and which is installed as root on Debian; a Chrome or Chromium of the system.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);

const shells = ['chromium-headless-shell', 'chrome-headless-shell'];
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
  const light = [chromium.executablePath(), ...inPath(shells)].find(executable);
  if (light) return light;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await installDebianShell();
    const installed = inPath(shells).find(executable);
    if (installed) return installed;
  }
  const found = [...inPath(commands), ...wellKnown].find(executable);
  if (found) return found;
  throw new Error(
    'The browser tests need Chrome or Chromium. Install one, or set CHROME_PATH to its executable, ' +
      'or run: npx playwright-core install chromium',
  );
}

/** What every browser of these tests is started with. Nothing but this machine resolves. */
const launchSwitches = [
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

function inPath(names: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where it cannot be had, another browser may do. */
async function installDebianShell(): Promise<void> {
  console.log('Installing the chromium-headless-shell package of Debian …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run('apt-get', ['update'], options);
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium-headless-shell'], options);
  } catch (error) {
    console.warn(error instanceof Error ? error.message : String(error));
  }
}
