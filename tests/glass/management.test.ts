import { describe, expect, test } from 'vitest';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { firstStepOf, managementOf, roomOf, rooms } from '../../src/lib/glass/pictures/management/rooms.ts';
import {
  canonicalLines,
  differences,
  evidenceIn,
  linesToSign,
  signingChain,
} from '../../src/lib/glass/pictures/management/who/signature.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { observedRequests } from './requests.ts';

describe('the management layer of a request', () => {
  test('is passed from room to room by one that is answered', async () => {
    const { encrypt } = await observedRequests();
    const management = managementOf(encrypt.trace);
    expect(management.passage).toEqual({ who: 'passed', may: 'passed', state: 'passed', audit: 'passed' });
    expect(management.deciding).toBe('may');
    expect(management.asked.map(({ action }) => action)).toEqual(['kms:Encrypt']);
    expect(management.fitness[0]).toMatchObject({
      state: 'Enabled',
      rule: 'Encrypt',
      wantedUsage: 'ENCRYPT_DECRYPT',
    });
    expect(management.fitness[0]?.outcomes).toHaveLength(8);
    expect(management.record?.value['eventName']).toBe('Encrypt');
    for (const room of rooms) expect(roomOf(management, firstStepOf(management, room)!)).toBe(room);
    expect(roomOf(management, 0)).toBeUndefined();
  });

  test('stops where it is refused', async () => {
    const { mallory, forged, notFound } = await observedRequests();
    expect(managementOf(mallory.trace)).toMatchObject({
      deciding: 'may',
      passage: { who: 'passed', may: 'refused', state: 'absent', audit: 'passed' },
    });
    expect(managementOf(forged.trace)).toMatchObject({
      deciding: 'who',
      passage: { who: 'refused', may: 'absent', state: 'absent', audit: 'absent' },
    });
    expect(managementOf(notFound.trace).passage).toMatchObject({ may: 'absent', audit: 'passed' });
  });

  test('asks twice about a request with two keys', async () => {
    const cloud = await openTestCloud();
    let trace: TraceRecord | undefined;
    cloud.observe((seen) => (trace = seen.trace));
    const ada = kms(cloud);
    const KeyId = (await ada.createKey({})).KeyMetadata?.KeyId ?? '';
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext: new Uint8Array(1) });
    await ada.reEncrypt({ CiphertextBlob, DestinationKeyId: KeyId });
    const { asked, fitness } = managementOf(trace!);
    expect(asked.map(({ action }) => action)).toEqual(['kms:ReEncryptFrom', 'kms:ReEncryptTo']);
    expect(fitness).toHaveLength(2);
  });
});

describe('a signature check', () => {
  async function evidence() {
    const cloud = await openTestCloud();
    let trace: TraceRecord | undefined;
    cloud.observe((seen) => (trace = seen.trace));
    await kms(cloud).listKeys({});
    const { who } = managementOf(trace!);
    return { found: evidenceIn(who!.at), ada: identity(cloud, 'Ada') };
  }

  test('comes out the same when the page computes it', async () => {
    const { found, ada } = await evidence();
    const chain = signingChain(ada.credentials.secretAccessKey, found.stringToSign!);
    expect(chain.map(({ name }) => name)).toEqual(['kDate', 'kRegion', 'kService', 'kSigning', 'Signature']);
    expect(chain[1]).toMatchObject({ with: 'kDate', message: 'us-east-1' });
    expect(chain.at(-1)?.result).toBe(found.calculated);
    expect(found.given).toBe(found.calculated);
    expect(signingChain('another secret', found.stringToSign!).at(-1)?.result).not.toBe(found.calculated);
  });

  test('names every line of what is signed', async () => {
    const { found } = await evidence();
    const lines = canonicalLines(found.canonicalRequest!);
    expect(lines.map(({ text }) => text).join('\n')).toBe(found.canonicalRequest);
    expect(lines.map(({ name }) => name).slice(0, 4)).toEqual(['Method', 'Path', 'Query', 'Signed header']);
    expect(lines.map(({ name }) => name).slice(-3)).toEqual([
      'Empty line',
      'Names of the signed headers',
      'SHA-256 of the body',
    ]);
    const host = lines.find(({ text }) => text.startsWith('host:'));
    expect(host).toEqual({ name: 'Signed header', text: 'host:kms.us-east-1.amazonaws.com' });
    expect(linesToSign(found.stringToSign!).map(({ text }) => text)[0]).toBe('AWS4-HMAC-SHA256');
    expect(linesToSign(found.stringToSign!)).toHaveLength(4);
  });

  test('that fails keeps its reason', async () => {
    const { forged } = await observedRequests();
    const found = evidenceIn(managementOf(forged.trace).who!.at);
    expect(found.error?.name).toBe('InvalidSignatureException');
    expect(differences(found.given!, found.calculated!)).toContain(true);
    expect(differences('abc', 'abd')).toEqual([false, false, true]);
  });
});
