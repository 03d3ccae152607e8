import { describe, expect, it, vi } from 'vitest';
import type { Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { accepted, ciphers, keyArn, newToken, openTestHsm } from '../hsm/support.ts';

const passphrase = 'correct horse battery staple';
const plaintext = new Uint8Array([1, 2, 3]);

async function backupOf(hsm: Hsm): Promise<Uint8Array> {
  const result = await hsm.backup({ passphrase, iterations: 10 });
  if (!result.ok) throw new Error(result.refusal.reason);
  return result.backup;
}

/** Puts a restored module to work. */
async function take(hsm: Hsm, backup: Uint8Array): Promise<void> {
  const restored = await hsm.restore({ backup, passphrase });
  if (!restored.ok) throw new Error('refused');
  expect(await hsm.adopt({ moduleId: restored.moduleId })).toBe(true);
}

describe('the modules’ backup', () => {
  it('opens old tokens in new modules, also those of a domain key that was deactivated', async () => {
    const hsm = await openTestHsm();
    const token = await newToken(hsm);
    const { ciphertext } = accepted(await hsm.encrypt({ token, ...ciphers, plaintext }));
    await hsm.rotateDomainKey({ region: 'us-east-1' });
    const before = (await hsm.view()).domains[0]!;
    const other = await openTestHsm(memoryHsmStore());
    await newToken(other);
    await take(other, await backupOf(hsm));

    const opened = accepted(await other.decrypt({ token, ...ciphers, ciphertext }));
    expect(opened.plaintext).toEqual(plaintext);
    const after = (await other.view()).domains[0]!;
    expect(after.keys).toEqual(before.keys);
    expect(after.members).not.toEqual(before.members);
    await hsm.replicate({ token, replicaArn: keyArn.replace('us-east-1', 'eu-west-1') });
  });

  it('never has a domain key as bytes, neither when it is written nor when it is read', async () => {
    const hsm = await openTestHsm();
    await newToken(hsm);
    const other = await openTestHsm();
    const exporting = vi.spyOn(crypto.subtle, 'exportKey');
    const importing = vi.spyOn(crypto.subtle, 'importKey');
    await take(other, await backupOf(hsm));
    const exported = exporting.mock.calls.map(([format]) => format);
    const imported = importing.mock.calls.map(([, , algorithm]) => algorithm);
    vi.restoreAllMocks();
    // Public keys of new modules, and the passphrase; nothing that could be a secret key goes either way.
    expect(exported.filter((format) => format !== 'spki' && format !== 'raw')).toEqual([]);
    expect(imported.filter((algorithm) => algorithm === 'AES-GCM' || algorithm === 'HMAC')).toEqual([]);
    expect(imported.filter((algorithm) => algorithm === 'PBKDF2')).toHaveLength(2);
  });

  it('does not open with another passphrase, nor with one member of what it says changed', async () => {
    const hsm = await openTestHsm();
    await newToken(hsm);
    const backup = await backupOf(hsm);
    expect(await hsm.restore({ backup, passphrase: `${passphrase}.` })).toEqual({ ok: false });
    const written = JSON.parse(new TextDecoder().decode(backup)) as {
      contents: Record<string, unknown> & { domains: { region: string; keys: unknown[] }[] };
      wrapped: unknown[];
      salt: string;
      iterations: number;
    };
    const [domain] = written.contents.domains;
    const changed: unknown[] = [
      { ...written, contents: { ...written.contents, moduleId: 'another' } },
      { ...written, contents: { ...written.contents, seed: 'a seed' } },
      { ...written, contents: { ...written.contents, starts: 99 } },
      { ...written, contents: { ...written.contents, domains: [{ ...domain!, region: 'eu-west-1' }] } },
      { ...written, contents: { ...written.contents, domains: [] } },
      { ...written, wrapped: [] },
      { ...written, salt: written.salt.replace(/^../, 'zz') },
      { ...written, iterations: 11 },
      { ...written, more: true },
    ];
    for (const one of changed) {
      const bytes = new TextEncoder().encode(JSON.stringify(one));
      expect(await hsm.restore({ backup: bytes, passphrase })).toEqual({ ok: false });
    }
    expect(await hsm.restore({ backup, passphrase })).toMatchObject({ ok: true });
  });

  it('leaves the module at work as it is until it is chosen', async () => {
    const hsm = await openTestHsm();
    const token = await newToken(hsm);
    const { moduleId } = await hsm.view();
    await hsm.restore({ backup: await backupOf(hsm), passphrase });
    accepted(await hsm.encrypt({ token, ...ciphers, plaintext }));
    expect(await hsm.adopt({ moduleId: 'nobody’s' })).toBe(false);
    expect(await hsm.adopt({ moduleId })).toBe(true);
    expect((await hsm.view()).moduleId).toBe(moduleId);
  });

  it('changes nothing of what a seeded module makes next', async () => {
    const [one, other] = await Promise.all(
      ['seed', 'seed'].map((seed) => openTestHsm(memoryHsmStore(), seed)),
    );
    await Promise.all([newToken(one!), newToken(other!)]);
    await backupOf(one!);
    const random = await Promise.all([one!, other!].map((hsm) => hsm.generateRandom({ length: 16 })));
    expect(accepted(random[0]!).bytes).toEqual(accepted(random[1]!).bytes);
  });
});
