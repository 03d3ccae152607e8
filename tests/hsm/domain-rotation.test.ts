import { beforeEach, expect, test } from 'vitest';
import type { BackingKeySpec, ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { HsmStore } from '../../src/engine/hsm/store/store.ts';
import { carriedOut, domainOf, region } from './fleet-support.ts';
import {
  accepted,
  ciphers,
  knownDomainKey,
  newToken,
  openTestHsm,
  openToken,
  otherRegionKeyArn,
  refusal,
} from './support.ts';

/** A new domain key, and the way of all tokens under it. */

const plaintext = Buffer.from('x');

let store: HsmStore;
let hsm: Hsm;
let token: ExportedKeyToken;

beforeEach(async () => {
  store = memoryHsmStore();
  hsm = await openTestHsm(store);
  token = await newToken(hsm);
});

const rotate = async () => carriedOut(await hsm.rotateDomainKey({ region })).domainKeyId;
const opens = async (one: ExportedKeyToken, module = hsm) =>
  (await module.encrypt({ ...ciphers, token: one, plaintext })).ok;

test('after a rotation new tokens are under the new key, and old ones open', async () => {
  const id = await rotate();
  expect(id).not.toBe(token.domainKeyId);
  const { keys, domainKeyId, members } = await domainOf(hsm);
  expect(domainKeyId).toBe(id);
  expect(keys.map((key) => [key.id, key.state])).toEqual([
    [id, 'active'],
    [token.domainKeyId, 'deactivated'],
  ]);
  expect(members.map(({ domainKeys }) => domainKeys)).toEqual([
    ...Array.from({ length: 3 }, () => [id, token.domainKeyId]),
    [],
  ]);
  const fresh = await newToken(hsm);
  expect(fresh.domainKeyId).toBe(id);
  for (const module of [hsm, await openTestHsm(store)]) {
    // Each module in turn.
    for (let time = 0; time < 3; time++) {
      expect(await opens(token, module)).toBe(true);
      expect(await opens(fresh, module)).toBe(true);
    }
  }
});

test('a rotation tells what the modules did', async () => {
  const { steps } = await hsm.rotateDomainKey({ region, watched: true });
  expect(steps.map(({ title }) => title)).toEqual([
    'A module makes a new domain key; the one before is deactivated.',
    'The module writes and signs a new domain token.',
    'Each module in service verifies the token, and takes the domain keys from it.',
  ]);
  expect((await hsm.rotateDomainKey({ region })).steps).toEqual([]);
});

test('a token is sealed anew under the active key, with the same key in it', async () => {
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  const id = await rotate();
  const { tokens, steps } = accepted(await hsm.reseal({ tokens: [token], watched: true }));
  const [moved] = tokens;
  expect(moved).toMatchObject({ ...token, domainKeyId: id, iv: moved!.iv, sealed: moved!.sealed });
  expect(moved!.sealed).not.toEqual(token.sealed);
  accepted(await hsm.decrypt({ ...ciphers, token: moved!, ciphertext }));
  expect(steps.map(({ title }) => title)).toEqual([
    'The module seals exported key tokens anew under the active domain key.',
  ]);
});

test.each<BackingKeySpec>([
  ...(['SYMMETRIC_DEFAULT', 'RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'SM2'] as const),
  ...(['ECC_SECG_P256K1', 'HMAC_224', 'ML_DSA_44', 'ML_KEM_512'] as const),
])('%s is sealed anew byte for byte', async (spec) => {
  const bytes = new Uint8Array(32).fill(1);
  const module = await openTestHsm(memoryHsmStore(await knownDomainKey(bytes)), 'seed');
  const one = await newToken(module, spec);
  const [moved] = accepted(await module.reseal({ tokens: [one] })).tokens;
  expect(moved!.iv).not.toEqual(one.iv);
  expect(openToken(moved!, bytes)).toEqual(openToken(one, bytes));
});

test('what does not open is left out; what is of another Region is sealed there', async () => {
  const abroad = await newToken(hsm, 'SYMMETRIC_DEFAULT', otherRegionKeyArn);
  const id = await rotate();
  const altered = { ...token, sealed: token.sealed.toReversed() };
  const noKey = { ...token, keyArn: 'arn:aws:s3:::bucket' };
  const { tokens } = accepted(await hsm.reseal({ tokens: [altered, abroad, token, noKey] }));
  expect(tokens.map((one) => one?.domainKeyId)).toEqual([undefined, abroad.domainKeyId, id, undefined]);
  expect(accepted(await hsm.reseal({ tokens: [] })).tokens).toEqual([]);
});

test('a retired domain key opens nothing any more, on no module, over a restart', async () => {
  const first = token.domainKeyId;
  const second = await rotate();
  const [moved] = accepted(await hsm.reseal({ tokens: [token] })).tokens;
  const third = await rotate();
  expect(carriedOut(await hsm.retireDomainKeys({ region, domainKeyIds: [first] })).retired).toEqual([first]);
  expect((await domainOf(hsm)).keys.map(({ id }) => id)).toEqual([third, second]);
  for (const module of [hsm, await openTestHsm(store)]) {
    for (let time = 0; time < 3; time++) {
      expect(refusal(await module.encrypt({ ...ciphers, token, plaintext }))).toBe('TOKEN_REJECTED');
      expect(await opens(moved!, module)).toBe(true);
    }
  }
});

test('the active key cannot be retired, and retiring nothing changes nothing', async () => {
  const { generation } = (await domainOf(hsm)).token;
  expect(
    carriedOut(await hsm.retireDomainKeys({ region, domainKeyIds: [token.domainKeyId] })).retired,
  ).toEqual([]);
  expect((await domainOf(hsm)).token.generation).toBe(generation);
  expect(await opens(token)).toBe(true);
});

test('a module with a seed rotates to the same key as another one, and never to the same twice', async () => {
  const made = await Promise.all(
    [0, 1].map(async () => {
      const module = await openTestHsm(memoryHsmStore(), 'seed');
      const one = await newToken(module);
      const ids: string[] = [];
      for (let time = 0; time < 2; time++) {
        ids.push(carriedOut(await module.rotateDomainKey({ region })).domainKeyId);
      }
      return [ids, accepted(await module.reseal({ tokens: [one] })).tokens];
    }),
  );
  expect(made[0]).toEqual(made[1]);
  const [[one, other]] = made[0] as [string[], unknown];
  expect(one).not.toBe(other);
});
