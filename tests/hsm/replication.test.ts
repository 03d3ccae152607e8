import { createHash, createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { Domain } from '../../src/engine/hsm/domain.ts';
import type { BackingKeySpec, ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { makeDomainKey, makeSigningKey } from '../../src/engine/hsm/long-lived-keys.ts';
import * as messages from '../../src/engine/hsm/replication/messages.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { secretNames, type Secret } from '../../src/engine/hsm/store/store.ts';
import {
  accepted,
  ciphers,
  keyArn,
  knownDomainKey,
  newRsaKey,
  newToken,
  openTestHsm,
  openToken,
  otherKeyArn,
  otherRegionKeyArn as replicaArn,
  refusal,
  startTime,
} from './support.ts';

describe('replicate', () => {
  let hsm: Hsm;
  let token: ExportedKeyToken;
  let replica: ExportedKeyToken;

  beforeEach(async () => {
    hsm = await openTestHsm();
    token = await newToken(hsm);
    replica = accepted(await hsm.replicate({ token, replicaArn })).token;
  });

  test('gives a token of the other Region, with the same material id', async () => {
    const { domains } = await hsm.view();
    expect(replica).toMatchObject({ materialId: token.materialId, spec: token.spec, keyArn: replicaArn });
    expect(domains).toMatchObject([
      { region: 'us-east-1', domainKeyId: token.domainKeyId },
      { region: 'eu-central-1', domainKeyId: replica.domainKeyId },
    ]);
  });

  test('each copy opens what the other has encrypted', async () => {
    const pairs = [
      [token, replica],
      [replica, token],
    ] as const;
    for (const [one, other] of pairs) {
      const plaintext = Buffer.from('abroad');
      const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token: one, plaintext }));
      const opened = accepted(await hsm.decrypt({ ...ciphers, token: other, ciphertext }));
      expect(Buffer.from(opened.plaintext!)).toEqual(plaintext);
    }
  });

  test('neither token opens in the other Region', async () => {
    const plaintext = Buffer.from('x');
    for (const moved of [
      { ...token, keyArn: replicaArn },
      { ...replica, keyArn },
      { ...token, domainKeyId: replica.domainKeyId },
      { ...replica, domainKeyId: token.domainKeyId },
    ]) {
      expect(refusal(await hsm.encrypt({ ...ciphers, token: moved, plaintext }))).toBe('TOKEN_REJECTED');
    }
  });

  test('a copy of a copy is a copy', async () => {
    const third = accepted(
      await hsm.replicate({ token: replica, replicaArn: keyArn.replace('us-east-1', 'ap-south-1') }),
    ).token;
    const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
    accepted(await hsm.decrypt({ ...ciphers, token: third, ciphertext }));
  });

  test.each<BackingKeySpec>([
    ...(['SYMMETRIC_DEFAULT', 'RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'SM2'] as const),
    ...(['ECC_SECG_P256K1', 'HMAC_224', 'ML_DSA_44', 'ML_KEM_512'] as const),
  ])('copies %s byte for byte', async (spec) => {
    const domainKeys = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)] as const;
    const here = await knownDomainKey(domainKeys[0]);
    const abroad = await knownDomainKey(domainKeys[1], 'eu-central-1');
    const domains = new Map([...here.domains, ...abroad.domains]);
    const module = await openTestHsm(memoryHsmStore({ domains }));
    const original = await newToken(module, spec);
    const copy = accepted(await module.replicate({ token: original, replicaArn })).token;
    expect(copy.materialId).toBe(original.materialId);
    expect(openToken(copy, domainKeys[1])).toEqual(openToken(original, domainKeys[0]));
  });

  test('what a copy signs verifies under the one public key', async () => {
    const rsa = await newRsaKey(hsm);
    const copy = accepted(await hsm.replicate({ token: rsa.token, replicaArn })).token;
    const message = Buffer.from('message');
    const signing = { algorithm: 'RSASSA_PKCS1_V1_5_SHA_256', message, messageType: 'RAW' } as const;
    const { signature } = accepted(await hsm.sign({ token: copy, ...signing }));
    const publicKey = createPublicKey({ key: Buffer.from(rsa.publicKey), format: 'der', type: 'spki' });
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
  });

  test.each([
    ['another key', otherKeyArn.replace('us-east-1', 'eu-central-1')],
    ['the same Region', keyArn],
    ['another account', replicaArn.replace('111122223333', '444455556666')],
    ['another partition', replicaArn.replace('arn:aws:', 'arn:aws-cn:')],
    ['no key', replicaArn.replace(':key/', ':alias/')],
  ])('is not for %s', async (_name, arn) => {
    await expect(hsm.replicate({ token, replicaArn: arn })).rejects.toThrow(TypeError);
  });

  test.each<[string, Partial<ExportedKeyToken>]>([
    ['material id', { materialId: 'ab'.repeat(32) }],
    ['spec', { spec: 'RSA_2048' }],
    ['domain key', { domainKeyId: '00000000-0000-4000-8000-000000000000' }],
    ['IV', { iv: new Uint8Array(12) }],
    ['sealed key', { sealed: new Uint8Array(48) }],
  ])('refuses a token with another %s', async (_name, change) => {
    const altered = { ...token, ...change };
    expect(refusal(await hsm.replicate({ token: altered, replicaArn }))).toBe('TOKEN_REJECTED');
  });

  test('tells who signed, what was agreed on and what crossed', async () => {
    const { steps } = accepted(await hsm.replicate({ token, replicaArn, watched: true }));
    expect(steps.map(({ title }) => title)).toEqual([
      'The module of eu-central-1 makes an agreement key for this one copy, and signs it.',
      'The module of us-east-1 verifies who signed it.',
      'Both modules agree on a wrapping key that neither of them sent.',
      'The module of us-east-1 wraps the backing key under it, and signs what goes abroad.',
      'The module of eu-central-1 verifies who signed it, and opens it.',
      'The domain key seals the backing key into a token.',
    ]);
    const crossed = steps[3]!.fields.find(({ name }) => name === 'Wrapped backing key')!.value as Uint8Array;
    expect(crossed.length).toBe(32 + 16);
    for (const { station, outcome } of steps)
      expect({ station, outcome }).toEqual({ station: 'hsm', outcome: 'ok' });
    const { steps: refused } = await hsm.replicate({
      token: { ...token, sealed: new Uint8Array(48) },
      ...{ replicaArn, watched: true },
    });
    expect(refused.at(-1)).toMatchObject({
      title: 'The exported key token does not open.',
      outcome: 'refused',
    });
  });

  test.each(['us-east-1', 'eu-central-1'])(
    'refuses what %s has signed with an unknown key',
    async (region) => {
      const known = { id: 'a', created: startTime, ...(await makeSigningKey(fresh)) };
      const { key } = await makeSigningKey(fresh);
      const store = memoryHsmStore({
        secrets: new Map([[secretNames.replicationKey(region), { ...known, key }]]),
      });
      const module = await openTestHsm(store);
      const command = { token: await newToken(module), replicaArn, watched: true };
      const result = await module.replicate(command);
      expect(refusal(result)).toBe('TOKEN_REJECTED');
      expect(result.steps.at(-1)).toMatchObject({
        title: `What came was not signed by the module of ${region}.`,
        outcome: 'refused',
      });
    },
  );
});

const fresh = { extractable: false, seeded: undefined };

/** The messages as they go through other hands. */
describe('between the Regions', () => {
  const regions = { source: 'us-east-1', target: 'eu-central-1' };
  let source: messages.Side;
  let target: messages.Side;
  let token: ExportedKeyToken;
  let offered: Awaited<ReturnType<typeof messages.offer>>;
  let shipment: messages.Shipment;

  async function newSide(region: string): Promise<messages.Side> {
    const domainKey = { id: `domain key of ${region}`, created: startTime, ...(await makeDomainKey(fresh)) };
    const signingKey: Secret = { id: region, created: startTime, ...(await makeSigningKey(fresh)) };
    return { region, domain: new Domain(domainKey, [], systemRandomness), signingKey };
  }

  const peer = ({ region, signingKey }: messages.Side): messages.Peer => ({
    region,
    verificationKey: signingKey.public!,
  });

  beforeEach(async () => {
    [source, target] = await Promise.all([newSide(regions.source), newSide(regions.target)]);
    const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, true, [
      'sign',
    ]);
    const about = { materialId: 'ab'.repeat(32), keyArn, spec: 'SYMMETRIC_DEFAULT' } as const;
    token = await source.domain.seal(key, about);
    offered = await messages.offer(target, peer(source));
    shipment = (await messages.ship(source, offered.offer, { token, replicaArn }, systemRandomness))!;
  });

  const isOfferGenuine = (change: Partial<messages.Offer> = {}) =>
    messages.isOfferGenuine(source, peer(target), { ...offered.offer, ...change });
  const isShipmentGenuine = (change: Partial<messages.Shipment> = {}) =>
    messages.isShipmentGenuine(peer(source), offered.offer, { ...shipment, ...change });

  function flip(bytes: Uint8Array, position: number): Uint8Array<ArrayBuffer> {
    const flipped = new Uint8Array(bytes);
    flipped[position]! ^= 1;
    return flipped;
  }

  test('what was sent is genuine', async () => {
    expect(await isOfferGenuine()).toBe(true);
    expect(await isShipmentGenuine()).toBe(true);
  });

  test('signatures are ECDSA P-384 over what the documentation says', () => {
    const { agreementKey, signature } = offered.offer;
    const hex = Buffer.from(agreementKey).toString('hex');
    const statement = ['GlassKMS replication offer', regions.source, regions.target, hex];
    const key = createPublicKey({
      key: Buffer.from(target.signingKey.public!),
      ...({ format: 'der', type: 'spki' } as const),
    });
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' });
    const message = Buffer.from(JSON.stringify(statement));
    expect(verify('sha384', message, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  });

  test('an altered offer is not genuine', async () => {
    const { agreementKey, signature } = offered.offer;
    for (const position of [0, 1, 48, 96]) {
      expect(await isOfferGenuine({ agreementKey: flip(agreementKey, position) })).toBe(false);
    }
    for (const position of [0, 47, 48, 95]) {
      expect(await isOfferGenuine({ signature: flip(signature, position) })).toBe(false);
    }
    expect(await isOfferGenuine({ signature: new Uint8Array(0) })).toBe(false);
  });

  test('an offer is to one Region, and from one', async () => {
    expect(await messages.isOfferGenuine({ region: 'ap-south-1' }, peer(target), offered.offer)).toBe(false);
    const impostor = { ...peer(target), region: 'ap-south-1' };
    expect(await messages.isOfferGenuine(source, impostor, offered.offer)).toBe(false);
    expect(await messages.isOfferGenuine(source, peer(source), offered.offer)).toBe(false);
  });

  test('an altered shipment is not genuine', async () => {
    const { about, agreementKey, iv, wrapped, signature } = shipment;
    const changes: Partial<messages.Shipment>[] = [
      { about: { ...about, materialId: 'cd'.repeat(32) } },
      { about: { ...about, spec: 'HMAC_256' } },
      { about: { ...about, keyArn: otherKeyArn } },
      { replicaArn: otherKeyArn },
      { agreementKey: flip(agreementKey, 1) },
      { iv: flip(iv, 11) },
      ...Array.from(wrapped, (_, position) => ({ wrapped: flip(wrapped, position) })),
      { wrapped: new Uint8Array(0) },
      { signature: flip(signature, 95) },
    ];
    for (const change of changes) expect(await isShipmentGenuine(change)).toBe(false);
  });

  test('a shipment answers one offer only', async () => {
    const other = await messages.offer(target, peer(source));
    expect(await messages.isShipmentGenuine(peer(source), other.offer, shipment)).toBe(false);
    await expect(messages.receive(target, other.secret, shipment)).rejects.toThrow();
  });

  test('nobody but the target can open a shipment, and it only as it is', async () => {
    const replica = await messages.receive(target, offered.secret, shipment);
    expect(replica).toMatchObject({ keyArn: replicaArn, materialId: token.materialId });
    const eavesdropper = await messages.offer(target, peer(source));
    const { publicKey } = offered.secret;
    const guess = { ...eavesdropper.secret, publicKey };
    await expect(messages.receive(target, guess, shipment)).rejects.toThrow();
    for (const change of [
      { wrapped: flip(shipment.wrapped, 0) },
      { iv: flip(shipment.iv, 0) },
      { replicaArn: otherKeyArn },
      { agreementKey: eavesdropper.offer.agreementKey },
    ]) {
      await expect(messages.receive(target, offered.secret, { ...shipment, ...change })).rejects.toThrow();
    }
  });

  test('what crosses is not what either side stores', async () => {
    const replica = await messages.receive(target, offered.secret, shipment);
    const digests = [token.sealed, shipment.wrapped, replica.sealed].map((bytes) =>
      createHash('sha256').update(bytes).digest('hex'),
    );
    expect(new Set(digests).size).toBe(3);
  });
});
