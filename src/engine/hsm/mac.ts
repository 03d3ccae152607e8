import { hmac } from '@noble/hashes/hmac.js';
import { sha224 } from '@noble/hashes/sha2.js';
import type { Field, Step } from '../trace/trace.ts';
import { equal, unshared, wipe, type Bytes } from './bytes.ts';
import { done, refused, type Workbench } from './command.ts';
import type { ExportedKeyToken, HsmResult, MacAlgorithm } from './hsm.ts';
import { lendKey } from './lent-key.ts';
import { bareKey, macMaking } from './purposes.ts';
import { made, read, step, wall } from './steps.ts';
import { unseal } from './unseal.ts';

/** HMAC (FIPS 198-1). Each spec has one algorithm; a token of another spec does not open. */

interface MacCommand {
  token: ExportedKeyToken;
  algorithm: MacAlgorithm;
  message: Uint8Array;
}

export async function generateMac(
  bench: Workbench,
  command: MacCommand,
): Promise<HsmResult<{ mac: Uint8Array }>> {
  const mac = await compute(bench, command, (code) => made('MAC', code));
  return mac === undefined ? refused(bench, 'TOKEN_REJECTED') : done(bench, { mac });
}

export async function verifyMac(
  bench: Workbench,
  command: MacCommand & { mac: Uint8Array },
): Promise<HsmResult<object>> {
  // What it should have been stays here: it would be a code that nobody was allowed to make.
  const expected = await compute(bench, command, ({ length }) => made('MAC length', length));
  if (expected === undefined) return refused(bench, 'TOKEN_REJECTED');
  const valid = equal(expected, command.mac);
  wipe(expected);
  bench.steps?.push(valid ? macMatches(command) : macRefused(command));
  return valid ? done(bench, {}) : refused(bench, 'MAC_REJECTED');
}

/**
 * `undefined`: the token does not open for this algorithm.
 * @param shown what the glass sees of the code
 */
async function compute(
  bench: Workbench,
  command: MacCommand,
  shown: (mac: Bytes) => Field,
): Promise<Bytes | undefined> {
  const { token, algorithm, message } = command;
  const describe = (mac: Bytes) => {
    bench.steps?.push(step('HMAC makes a code of the message.', messageFields(command), [shown(mac)]));
    return mac;
  };
  if (algorithm === 'HMAC_SHA_224') {
    return lendKey(bench, token, bareKey('HMAC_224'), (key) =>
      describe(unshared(hmac(sha224, key, message))),
    );
  }
  const key = await unseal(bench, token, macMaking(algorithm));
  return key && describe(new Uint8Array(await crypto.subtle.sign('HMAC', key, unshared(message))));
}

function macMatches(command: MacCommand & { mac: Uint8Array }): Step {
  return step('The MAC matches.', [...messageFields(command), read('MAC', command.mac)]);
}

function macRefused(command: MacCommand & { mac: Uint8Array }): Step {
  return wall('The MAC does not match.', [...messageFields(command), read('MAC', command.mac)]);
}

function messageFields({ algorithm, message }: MacCommand): Field[] {
  return [read('Algorithm', algorithm), read('Message length', message.length)];
}
