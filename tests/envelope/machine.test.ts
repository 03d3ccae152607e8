import { describe, expect, it } from 'vitest';
import { EnvelopeMachine } from '../../src/lib/envelope/machine.ts';
import { memoryStore } from '../../src/lib/envelope/output.ts';
import { randomBytes, rawKey, sealedWith } from './support.ts';

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

function machine() {
  return new EnvelopeMachine(async () => memoryStore());
}

describe('the envelope machine', () => {
  it('seals with the key it holds and opens again', async () => {
    const program = machine();
    await program.hold(rawKey());
    const file = randomBytes(1000);
    const { envelope, header } = await program.seal(new Blob([file]), sealedWith);
    const opened = await program.open(envelope);
    expect(await bytesOf(opened.content)).toEqual(file);
    expect(opened.content.type).toBe(sealedWith.mediaType);
    expect(opened.header).toEqual(header);
  });

  it('wipes the bytes it was given', async () => {
    const bytes = rawKey();
    await machine().hold(bytes);
    expect(bytes).toEqual(new Uint8Array(32));
  });

  it('can do nothing before it has a key, and nothing after it has forgotten it', async () => {
    const program = machine();
    expect(program.holdsKey()).toBe(false);
    await expect(program.seal(new Blob(['a']), sealedWith)).rejects.toMatchObject({ name: 'NoDataKey' });

    await program.hold(rawKey());
    const { envelope } = await program.seal(new Blob(['a']), sealedWith);
    program.forget();
    expect(program.holdsKey()).toBe(false);
    await expect(program.open(envelope)).rejects.toMatchObject({ name: 'NoDataKey' });
  });

  it('holds no key after being given one that does not fit', async () => {
    const program = machine();
    await program.hold(rawKey());
    await expect(program.hold(randomBytes(16))).rejects.toMatchObject({ name: 'WrongKeyLength' });
    expect(program.holdsKey()).toBe(false);
  });

  it('keeps the envelope sealed last, and none of a job that failed', async () => {
    const program = machine();
    await program.hold(rawKey());
    expect(await program.kept()).toBeUndefined();
    const first = await program.seal(new Blob(['first']), sealedWith);
    const cancelled = program.seal(new Blob([randomBytes(3 << 20)]), sealedWith, () => program.cancel());
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bytesOf((await program.kept())!)).toEqual(await bytesOf(first.envelope));
    const second = await program.seal(new Blob(['second']), sealedWith);
    expect(await bytesOf((await program.kept())!)).toEqual(await bytesOf(second.envelope));
    await program.clearKept();
    expect(await program.kept()).toBeUndefined();
  });

  it('stops a file under way when the key is forgotten', async () => {
    const program = machine();
    await program.hold(rawKey());
    const sealing = program.seal(new Blob([randomBytes(3 << 20)]), sealedWith, () => program.forget());
    await expect(sealing).rejects.toMatchObject({ name: 'AbortError' });
    expect(await program.kept()).toBeUndefined();
  });

  it('gives out nothing of an envelope whose last byte is wrong', async () => {
    const program = machine();
    await program.hold(rawKey());
    const { envelope } = await program.seal(new Blob([randomBytes(3 << 20)]), sealedWith);
    const bytes = await bytesOf(envelope);
    bytes[bytes.length - 1]! ^= 1;
    await expect(program.open(new Blob([bytes]))).rejects.toMatchObject({ name: 'NotAuthentic' });
  });
});
