import { describe, expect, onTestFinished, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud, type Cloud } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { kms } from '../support/clients.ts';
import { stock } from '../support/stock.ts';
import { copiesOf, day, plaintext, refusal, region, sealedSecret, start, world } from './support.ts';

/** The domain's keys as the module has them, the active one first. */
async function domainKeys(cloud: Cloud): Promise<string[]> {
  const { domains } = (await cloud.view()).hsm;
  const { domainKeyId, keys } = domains.find((domain) => domain.region === region)!;
  return [domainKeyId, ...keys.map(({ id }) => id).filter((id) => id !== domainKeyId)];
}

/** Ids of the domain keys that a key's copies are sealed under. */
async function generations(cloud: Cloud, keyArn: string): Promise<string[]> {
  return [...new Set((await copiesOf(cloud, keyArn)).map(({ domainKeyId }) => domainKeyId!))];
}

function moveBy(cloud: Cloud, days: number) {
  return cloud.operate({ act: 'MoveClock', time: cloud.clock.now() + days * day });
}

describe('the daily rotation of a domain key', () => {
  test('seals every sealed key anew, and nobody notices', async () => {
    const { cloud, ada } = await world();
    const one = await sealedSecret(ada);
    const other = await sealedSecret(ada);
    const [first] = await domainKeys(cloud);
    expect(await generations(cloud, one.keyArn)).toEqual([first]);

    await moveBy(cloud, 0.9);
    expect(await domainKeys(cloud)).toEqual([first]);
    await moveBy(cloud, 0.1);
    const [second, ...older] = await domainKeys(cloud);
    expect(second).not.toBe(first);
    expect(older).toEqual([first]);
    for (const { keyArn, blob } of [one, other]) {
      expect(await generations(cloud, keyArn)).toEqual([second]);
      expect((await ada.decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
    }
  });

  test('happens once for all the days that the clock went past', async () => {
    const { cloud, ada } = await world();
    const { keyArn } = await sealedSecret(ada);
    const { happened } = await moveBy(cloud, 30);
    expect(happened.map(({ kind, name }) => `${kind} ${name}`)).toContain('due DomainKeyRotation');
    expect(await domainKeys(cloud)).toHaveLength(2);
    expect(await generations(cloud, keyArn)).toHaveLength(1);
    const upcoming = await cloud.look({ name: 'upcoming', query: {} });
    expect(upcoming).toContainEqual({
      time: start + 31 * day,
      kind: 'DomainKeyRotation',
      subject: region,
    });
  });

  test('lets go of domain keys that nothing is left under, after a week', async () => {
    const { cloud, ada } = await world();
    const { blob } = await sealedSecret(ada);
    for (let count = 0; count < 8; count++) await moveBy(cloud, 1);
    expect(await domainKeys(cloud)).toHaveLength(8);
    await moveBy(cloud, 1);
    expect(await domainKeys(cloud)).toHaveLength(8);
    expect((await ada.decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
  });

  test('leaves an import token good for its 24 hours', async () => {
    const { cloud, ada } = await world('import token');
    const { KeyMetadata } = await ada.createKey({ Origin: 'EXTERNAL' });
    const KeyId = KeyMetadata!.Arn!;
    await sealedSecret(ada);
    const { importInto } = await import('../kms/importing.ts');
    await moveBy(cloud, 0.9);
    await importInto(
      Object.assign(Object.create(ada) as typeof ada, {
        async getParametersForImport(input: Parameters<typeof ada.getParametersForImport>[0]) {
          const parameters = await ada.getParametersForImport(input);
          await moveBy(cloud, 0.2);
          return parameters;
        },
      }),
      KeyId,
      new Uint8Array(32).fill(7),
    );
    expect((await ada.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe('Enabled');
  });

  test('does a few at a time before each request', async () => {
    const clock = manualClock(start);
    const store = memoryHsmStore();
    const adapter = memoryAdapter();
    const platform = { clock, randomness: systemRandomness };
    const open = async () => openCloud({ adapter, hsm: await openHsm({ store, ...platform }), ...platform });
    const cloud = await open();
    // The machine's clock is another than the SDK's.
    const client = (of: Cloud) =>
      kms(of, 'Ada', { maxAttempts: 1, systemClockOffset: clock.now() - Date.now() });
    const ada = client(cloud);
    const { keyArn: firstKey, blob } = await sealedSecret(ada);
    const keys = [firstKey];
    while (keys.length < 110) keys.push((await ada.createKey({})).KeyMetadata!.Arn!);
    clock.advance(day);
    await client(cloud).listKeys({});
    const [active] = await domainKeys(cloud);
    const behind = async (of: Cloud) =>
      (await Promise.all(keys.map((keyArn) => generations(of, keyArn)))).filter(([id]) => id !== active)
        .length;
    expect(await behind(cloud)).toBe(10);
    await cloud.close();

    // Whoever opens it again goes on where it was left.
    const again = await open();
    onTestFinished(() => again.close());
    expect(await behind(again)).toBe(10);
    expect((await client(again).decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
    expect(await behind(again)).toBe(0);
    expect((await domainKeys(again))[0]).toBe(active);
  });

  test('of which the records do not know yet is found when the cloud is opened', async () => {
    const store = memoryHsmStore();
    const adapter = memoryAdapter();
    const platform = { clock: manualClock(start), randomness: systemRandomness };
    const hsm = await openHsm({ store, ...platform });
    const cloud = await openCloud({ adapter, hsm, ...platform });
    const { keyArn, blob } = await sealedSecret(kms(cloud));
    // The module has a new domain key, and the machine stops before that is noted.
    await hsm.rotateDomainKey({ region });
    await cloud.close();
    const again = await openCloud({ adapter, hsm, ...platform });
    onTestFinished(() => again.close());
    expect((await kms(again).decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
    expect(await generations(again, keyArn)).toEqual([(await domainKeys(again))[0]]);
  });

  test('spares a domain key that the records do not know of', async () => {
    const platform = { clock: manualClock(start), randomness: systemRandomness };
    const hsm = await openHsm({ store: memoryHsmStore(), stock, ...platform });
    const cloud = await openCloud({ adapter: memoryAdapter(), hsm, ...platform });
    onTestFinished(() => cloud.close());
    const ada = kms(cloud);
    const { blob } = await sealedSecret(ada);
    for (let count = 0; count < 8; count++) await moveBy(cloud, 1);
    // What is left of a rotation of which the commit has failed.
    await hsm.rotateDomainKey({ region });
    const other = await sealedSecret(ada);
    await moveBy(cloud, 1);
    for (const CiphertextBlob of [blob, other.blob]) {
      expect((await ada.decrypt({ CiphertextBlob })).Plaintext).toEqual(plaintext);
    }
  });
});

describe('RotateDomainKey', () => {
  test('does it all at once, and says what it did', async () => {
    const { cloud, ada } = await world();
    const { keyArn, blob } = await sealedSecret(ada);
    await sealedSecret(ada);
    const { summary, sequence } = await cloud.operate({ act: 'RotateDomainKey', region });
    expect(summary).toBe(
      'us-east-1 has a new domain key, and 2 sealed keys were sealed anew under it; 1 older one is kept.',
    );
    expect(sequence).toBe((await cloud.view()).sequence);
    expect(await generations(cloud, keyArn)).toEqual([(await domainKeys(cloud))[0]]);
    expect((await ada.decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
  });

  test('is refused where there is no domain', async () => {
    const { cloud } = await world();
    expect(await refusal(cloud, { act: 'RotateDomainKey', region: 'eu-west-3' })).toBe(
      'ActRefused: There is no domain in eu-west-3: it begins with the first key that is made there.',
    );
  });
});

test('a cloud from a seed has the same domain keys and sealed keys, day after day', async () => {
  const lives = [];
  for (let life = 0; life < 2; life++) {
    const { cloud, ada } = await world('days');
    const { keyArn } = await sealedSecret(ada);
    await moveBy(cloud, 1);
    await moveBy(cloud, 8);
    await cloud.operate({ act: 'RotateDomainKey', region });
    lives.push({ copies: await copiesOf(cloud, keyArn), keys: await domainKeys(cloud) });
  }
  expect(lives[0]).toEqual(lives[1]);
});
