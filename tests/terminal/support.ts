import { Machine, type Ending, type Surroundings } from '../../src/lib/terminal/shell/machine.ts';
import { printable } from '../../src/lib/terminal/shell/printable.ts';
import { replyOf, requestOf } from '../../src/lib/terminal/shell/request-message.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, vi } from 'vitest';
import { identity, region } from '../support/clients.ts';

export interface Terminal {
  machine: Machine;
  /** Runs lines as one paste; what was said, all together. */
  say(text: string): Promise<string>;
  /** The same, with how it ended. */
  type(text: string): Promise<Ending & { said: string }>;
  downloads: Map<string, Uint8Array>;
  surroundings: Surroundings;
}

/** Gives a test file a store of its own: the files share one process, and so would share the learner's folder. */
export function useOwnStore(): void {
  beforeAll(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
  afterAll(() => void vi.unstubAllGlobals());
}

/** The terminal's machine without a screen, as Ada in the cloud, or without any cloud. */
export async function openTerminal(cloud?: Cloud): Promise<Terminal> {
  const machine = new Machine();
  const downloads = new Map<string, Uint8Array>();
  const surroundings: Surroundings = {
    identities: cloud?.identities() ?? [],
    principal: cloud ? identity(cloud, 'Ada') : undefined,
    region,
    columns: 80,
    history: ['first', 'second'],
  };
  await machine.start({
    fetch: async (message) => {
      if (!cloud) throw new TypeError('Failed to fetch');
      return replyOf(await cloud.fetch(requestOf(message)));
    },
    download: async (name, bytes) => void downloads.set(name, bytes),
    changed: () => {},
  });
  const type = async (text: string) => {
    let said = '';
    const ending = await machine.run(text, surroundings, (output) => (said += printable(output).text));
    return { ...ending, said };
  };
  return { machine, downloads, surroundings, type, say: async (text) => (await type(text)).said };
}
