import type { Hsm } from './hsm.ts';

/**
 * The module behind a message port, so that it can stand in a worker of its own.
 *
 * Only the commands below cross, each with plain data. General remote-object libraries let the other end reach
 * and set any property of what is served, up to a function's constructor, which is no wall for keys. Bytes are
 * cloned: they are a few KiB, and a transfer would take from the caller what it may still need.
 */

type CommandName = keyof Hsm;

const commandNames: Record<CommandName, true> = {
  generateBackingKey: true,
  encrypt: true,
  decrypt: true,
  reEncrypt: true,
  generateDataKey: true,
  generateDataKeyPair: true,
  generateRandom: true,
  sign: true,
  verify: true,
  generateMac: true,
  verifyMac: true,
  deriveSharedSecret: true,
  encapsulate: true,
  decapsulate: true,
  beginImport: true,
  importMaterial: true,
  replicate: true,
  attest: true,
  readAttestation: true,
  rotateDomainKey: true,
  reseal: true,
  retireDomainKeys: true,
  forget: true,
  failMembers: true,
  replaceMember: true,
  attemptExport: true,
  backup: true,
  restore: true,
  adopt: true,
  view: true,
  zeroise: true,
};

interface CommandMessage {
  id: number;
  name: CommandName;
  command: unknown;
}

type ReplyMessage = { id: number; result: unknown } | { id: number; error: unknown };

/** Lets the other end of `port` use the module. Messages that are no commands are ignored. */
export function serveHsm(hsm: Hsm, port: MessagePort): void {
  const commands = hsm as Record<CommandName, (command: unknown) => Promise<unknown>>;

  async function serve({ id, name, command }: CommandMessage): Promise<void> {
    let reply: ReplyMessage;
    try {
      reply = { id, result: await commands[name](command) };
    } catch (error) {
      reply = { id, error };
    }
    port.postMessage(reply);
  }

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isCommandMessage(data)) void serve(data);
  };
}

function isCommandMessage(data: unknown): data is CommandMessage {
  if (typeof data !== 'object' || data === null || !('id' in data) || !('name' in data)) return false;
  return (
    typeof data.id === 'number' && typeof data.name === 'string' && Object.hasOwn(commandNames, data.name)
  );
}

/**
 * The module at the other end of `port`. Commands reject with the error that they met there, or when the other
 * end goes away (where the platform tells: HTML, MessagePort `close`).
 */
export function connectHsm(port: MessagePort): Hsm {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(reason: unknown): void }>();
  let sent = 0;
  let gone = false;

  port.onmessage = ({ data }: MessageEvent<ReplyMessage>) => {
    const command = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) command?.reject(data.error);
    else command?.resolve(data.result);
  };
  port.addEventListener('close', () => {
    gone = true;
    for (const command of waiting.values()) command.reject(goneError());
    waiting.clear();
  });

  function send(name: CommandName, command: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (gone) throw goneError();
      const id = sent++;
      port.postMessage({ id, name, command } satisfies CommandMessage);
      waiting.set(id, { resolve, reject });
    });
  }

  const commands = (Object.keys(commandNames) as CommandName[]).map(
    (name) => [name, (command?: unknown) => send(name, command)] as const,
  );
  return Object.fromEntries(commands) as unknown as Hsm;
}

function goneError(): Error {
  return new Error('The cryptographic module has gone; reload the page to start it again.');
}
