import { beforeEach, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { HsmStore } from '../../src/engine/hsm/store/store.ts';
import {
  accepted,
  asNew,
  ciphers,
  newToken,
  openTestHsm,
  otherRegionKeyArn,
  refusal,
  startTime,
} from './support.ts';
import {
  bothTeams,
  carriedOut,
  domainOf,
  memberOf,
  online,
  region,
  twoOperators,
  whyNot,
} from './fleet-support.ts';

/** A Region's modules: who serves, what failing takes away, and who can bring it back. */

const plaintext = Buffer.from('x');

let store: HsmStore;
let hsm: Hsm;
let token: ExportedKeyToken;
let ciphertext: Uint8Array;

beforeEach(async () => {
  store = memoryHsmStore();
  hsm = await openTestHsm(store);
  token = await newToken(hsm);
  ciphertext = accepted(await hsm.encrypt({ ...ciphers, token, plaintext })).ciphertext;
});

async function opens(module: Hsm = hsm): Promise<boolean> {
  const result = await module.decrypt({ ...ciphers, token, ciphertext });
  if (!result.ok) expect(['TOKEN_REJECTED', 'MODULE_UNAVAILABLE']).toContain(result.refusal);
  return result.ok;
}

const fail = async (members: string[], how: 'power' | 'tamper' = 'power') =>
  carriedOut(await hsm.failMembers({ region, members, how }));
const replace = (member: string, signers: string[]) => hsm.replaceMember({ region, member, signers });

describe('a new domain', () => {
  test('has a module in each zone, and one in a safe', async () => {
    const { members, operators, rules, token: exported, keys } = await domainOf(hsm);
    expect(members.map(({ name, place, state }) => [name, place, state])).toEqual([
      ['hsm-a', 'a', 'in-service'],
      ['hsm-b', 'b', 'in-service'],
      ['hsm-c', 'c', 'in-service'],
      ['hsm-offline', 'safe', 'offline'],
    ]);
    expect(members.map(({ domainKeys }) => domainKeys.length)).toEqual([1, 1, 1, 0]);
    expect(new Set(members.map(({ serialNumber }) => serialNumber)).size).toBe(4);
    expect(operators.map(({ role }) => role)).toEqual([
      ...['KMS operator', 'KMS operator', 'KMS operator', 'security officer', 'security officer'],
    ]);
    expect(rules.map(({ needs }) => needs)).toEqual([
      { 'KMS operator': 2 },
      { 'KMS operator': 1, 'security officer': 1 },
    ]);
    expect(exported).toMatchObject({ generation: 1, made: startTime });
    expect(exported.bytes).toBeGreaterThan(1000);
    expect(keys).toEqual([{ id: token.domainKeyId, created: startTime, state: 'active' }]);
  });

  test('lets its modules take turns, and each says that it was it', async () => {
    const served: unknown[] = [];
    for (let time = 0; time < 4; time++) {
      const { steps } = await hsm.encrypt({ ...ciphers, token, plaintext, watched: true });
      served.push(steps[0]!.fields[0]);
      expect(steps.flatMap(({ fields }) => fields).filter(({ name }) => name === 'Module').length).toBe(1);
    }
    // The module of zone c is the next: two commands came before.
    expect(served).toEqual(
      ['hsm-c', 'hsm-a', 'hsm-b', 'hsm-c'].map((value) => ({ name: 'Module', value, direction: 'in' })),
    );
    const { members } = await domainOf(hsm);
    expect(members.map(({ commands }) => commands)).toEqual([2, 2, 2, 0]);
    expect(members.map(({ handles }) => handles)).toEqual([1, 1, 1, 0]);
  });

  test('is one of its Region; the same people look after both', async () => {
    await newToken(hsm, 'SYMMETRIC_DEFAULT', otherRegionKeyArn);
    const [here, there] = [await domainOf(hsm), await domainOf(hsm, 'eu-central-1')];
    const serials = [...here.members, ...there.members].map(({ serialNumber }) => serialNumber);
    expect(new Set(serials).size).toBe(8);
    expect(there.operators).toEqual(here.operators);
    await fail(online);
    accepted(
      await hsm.encrypt({
        ...ciphers,
        token: await newToken(hsm, 'SYMMETRIC_DEFAULT', otherRegionKeyArn),
        plaintext,
      }),
    );
  });

  test('is not there before a key is made in the Region', async () => {
    const none = { reason: 'UNKNOWN_DOMAIN', region: 'ap-south-1' };
    const command = { region: 'ap-south-1' };
    expect(whyNot(await hsm.rotateDomainKey(command))).toEqual(none);
    expect(whyNot(await hsm.retireDomainKeys({ ...command, domainKeyIds: [] }))).toEqual(none);
    expect(whyNot(await hsm.failMembers({ ...command, members: [], how: 'power' }))).toEqual(none);
    expect(whyNot(await hsm.replaceMember({ ...command, member: 'hsm-a', signers: [] }))).toEqual(none);
  });
});

describe.each(['power', 'tamper'] as const)('when modules fail by %s', (how) => {
  test.each([[['hsm-a']], [['hsm-b', 'hsm-c']], [['hsm-c', 'hsm-a', 'hsm-offline']]])(
    'without %s the others serve',
    async (members) => {
      await fail(members, how);
      for (let time = 0; time < 4; time++) expect(await opens()).toBe(true);
      const failed = how === 'power' ? 'lost' : 'tampered';
      for (const member of (await domainOf(hsm)).members) {
        const isLost = members.includes(member.name);
        expect(member.state === failed).toBe(isLost);
        if (isLost) expect(member).toMatchObject({ domainKeys: [], handles: 0 });
      }
    },
  );

  test('without all of them nothing of the Region works, whatever the command', async () => {
    await fail(online, how);
    const result = await hsm.decrypt({ ...ciphers, token, ciphertext, watched: true });
    expect(refusal(result)).toBe('MODULE_UNAVAILABLE');
    expect(result.steps).toMatchObject([
      { title: 'No module of the domain is in service.', outcome: 'refused' },
    ]);
    expect(refusal(await hsm.encrypt({ ...ciphers, token, plaintext }))).toBe('MODULE_UNAVAILABLE');
    expect(refusal(await hsm.reseal({ tokens: [token] }))).toBe('MODULE_UNAVAILABLE');
    expect(refusal(await hsm.attemptExport({ token }))).toBe('MODULE_UNAVAILABLE');
    const unavailable = { reason: 'MODULE_UNAVAILABLE', region };
    expect(whyNot(await hsm.rotateDomainKey({ region }))).toEqual(unavailable);
    expect(whyNot(await hsm.retireDomainKeys({ region, domainKeyIds: [] }))).toEqual(unavailable);
    accepted(await hsm.generateRandom({ length: 1 }));
  });

  test('so they stay over a restart, which by itself is no failure', async () => {
    await fail(['hsm-a', 'hsm-c'], how);
    const again = await openTestHsm(store);
    expect(asNew(await again.view())).toEqual(asNew(await hsm.view()));
    expect(await opens(again)).toBe(true);
  });

  test('their own keys are gone from the store', async () => {
    await fail(['hsm-a', 'hsm-offline'], how);
    const { domains } = await store.start({ moduleId: 'other' });
    expect(domains.get(region)!.members.map(({ keys }) => keys !== undefined)).toEqual([
      ...[false, true, true, false],
    ]);
  });
});

test('failing twice changes nothing, and only members can fail', async () => {
  await fail(['hsm-a'], 'tamper');
  await fail(['hsm-a'], 'power');
  expect((await memberOf(hsm, 'hsm-a')).state).toBe('tampered');
  const unknown = await hsm.failMembers({ region, members: ['hsm-b', 'hsm-z'], how: 'power' });
  expect(whyNot(unknown)).toEqual({ reason: 'UNKNOWN_MEMBER', member: 'hsm-z' });
  expect((await memberOf(hsm, 'hsm-b')).state).toBe('in-service');
});

test('commands under way when a module fails are finished', async () => {
  const underWay = [0, 1, 2].map(() => hsm.encrypt({ ...ciphers, token, plaintext }));
  await fail(online);
  for (const result of await Promise.all(underWay)) accepted(result);
  expect(await opens()).toBe(false);
});

describe('to replace a module while another is in service', () => {
  test('two KMS operators must sign; then a new one serves', async () => {
    const before = await memberOf(hsm, 'hsm-b');
    await fail(['hsm-b']);
    const result = await hsm.replaceMember({ region, member: 'hsm-b', signers: twoOperators, watched: true });
    const { serialNumber, fetched } = carriedOut(result);
    expect(fetched).toBe(false);
    expect(serialNumber).not.toBe(before.serialNumber);
    expect(await memberOf(hsm, 'hsm-b')).toEqual({
      ...{ name: 'hsm-b', place: 'b', state: 'in-service', serialNumber, commands: 0, handles: 0 },
      domainKeys: [token.domainKeyId],
    });
    expect((await domainOf(hsm)).token.generation).toBe(2);
    expect(result.steps.map(({ title }) => title)).toEqual([
      'Operators sign that a new module may join.',
      'The signatures satisfy the rule of the domain.',
      'The module writes and signs a new domain token.',
      'Each module in service verifies the token, and takes the domain keys from it.',
    ]);
    await fail(['hsm-a', 'hsm-c']);
    expect(await opens()).toBe(true);
    expect(await opens(await openTestHsm(store))).toBe(true);
  });

  test.each<[string, string[], object]>([
    ['nobody', [], { 'KMS operator': 2 }],
    ['one operator', ['Kofi'], { 'KMS operator': 1 }],
    ['one operator, twice', ['Kofi', 'Kofi'], { 'KMS operator': 1 }],
    ['two security officers', ['Lena', 'Mateo'], { 'KMS operator': 2 }],
    ['one of each', ['Lena', 'Ines'], { 'KMS operator': 1 }],
  ])('%s is not enough', async (_who, signers, missing) => {
    await fail(['hsm-b']);
    const before = await hsm.view();
    const result = await replace('hsm-b', signers);
    expect(whyNot(result)).toEqual({
      ...{ reason: 'NOT_ENOUGH_SIGNATURES', command: 'replace a module' },
      ...{ needs: { 'KMS operator': 2 }, missing },
    });
    expect(await hsm.view()).toEqual(before);
  });

  test('more than enough is enough', async () => {
    await fail(['hsm-b']);
    carriedOut(await replace('hsm-b', ['Ines', 'Jonas', 'Kofi', 'Lena']));
  });

  test('a stranger’s name, an unknown module, or one that works, is refused', async () => {
    await fail(['hsm-b']);
    expect(whyNot(await replace('hsm-b', [...twoOperators, 'Mallory']))).toEqual({
      ...{ reason: 'UNKNOWN_OPERATOR', operator: 'Mallory' },
    });
    expect(whyNot(await replace('hsm-z', twoOperators))).toEqual({
      reason: 'UNKNOWN_MEMBER',
      member: 'hsm-z',
    });
    for (const member of ['hsm-a', 'hsm-offline']) {
      expect(whyNot(await replace(member, twoOperators))).toEqual({ reason: 'MEMBER_IN_SERVICE', member });
    }
  });

  test('the one in the safe can be replaced too, and can be fetched then', async () => {
    await fail(['hsm-offline']);
    carriedOut(await replace('hsm-offline', twoOperators));
    expect((await memberOf(hsm, 'hsm-offline')).state).toBe('offline');
    await fail(online);
    expect(carriedOut(await replace('hsm-a', bothTeams)).fetched).toBe(true);
    expect(await opens()).toBe(true);
  });
});

describe('when no module is in service', () => {
  beforeEach(() => fail(online));

  test('the one in the safe is fetched by both teams, and goes back', async () => {
    const { fetched } = carriedOut(await replace('hsm-b', bothTeams));
    expect(fetched).toBe(true);
    const { members } = await domainOf(hsm);
    expect(members.map(({ state }) => state)).toEqual(['lost', 'in-service', 'lost', 'offline']);
    expect(members[3]!.domainKeys).toEqual([]);
    expect(await opens()).toBe(true);
    // From now on the ordinary rule holds again.
    carriedOut(await replace('hsm-a', twoOperators));
    carriedOut(await replace('hsm-c', twoOperators));
    expect(await opens(await openTestHsm(store))).toBe(true);
  });

  test.each<[string[], object]>([
    [twoOperators, { 'security officer': 1 }],
    [['Lena', 'Mateo'], { 'KMS operator': 1 }],
    [[], { 'KMS operator': 1, 'security officer': 1 }],
  ])('%j are not enough to fetch it', async (signers, missing) => {
    expect(whyNot(await replace('hsm-b', signers))).toMatchObject({
      ...{ reason: 'NOT_ENOUGH_SIGNATURES', command: 'replace a module from the safe', missing },
    });
    expect(await opens()).toBe(false);
  });

  test('it can be fetched when every other module has been replaced since it was last out', async () => {
    carriedOut(await replace('hsm-a', bothTeams));
    carriedOut(await hsm.rotateDomainKey({ region }));
    carriedOut(await replace('hsm-b', twoOperators));
    await fail(['hsm-a']);
    carriedOut(await replace('hsm-a', twoOperators));
    carriedOut(await hsm.rotateDomainKey({ region }));
    await fail(online);
    expect(carriedOut(await replace('hsm-c', bothTeams)).fetched).toBe(true);
    expect(await opens()).toBe(true);
  });

  test('without it, too, the domain is lost for ever, over a restart as well', async () => {
    await fail(['hsm-offline'], 'tamper');
    const lost = { reason: 'DOMAIN_LOST', region };
    const everybody = ['Ines', 'Jonas', 'Kofi', 'Lena', 'Mateo'];
    for (const member of [...online, 'hsm-offline']) {
      expect(whyNot(await replace(member, everybody))).toEqual(lost);
    }
    hsm = await openTestHsm(store);
    expect(whyNot(await replace('hsm-a', everybody))).toEqual(lost);
    expect(await opens()).toBe(false);
  });

  test('zeroising forgets the whole fleet, and a new one is founded', async () => {
    await hsm.zeroise();
    expect((await hsm.view()).domains).toEqual([]);
    const fresh = await newToken(hsm);
    accepted(await hsm.encrypt({ ...ciphers, token: fresh, plaintext }));
    expect(await opens()).toBe(false);
    expect((await domainOf(hsm)).members.map(({ state }) => state)).toEqual([
      ...['in-service', 'in-service', 'in-service', 'offline'],
    ]);
  });
});

describe('a change is all or nothing', () => {
  test('when the store fails, modules and store stay as they were', async () => {
    const broken: HsmStore = { ...store, keepDomain: () => Promise.reject(new Error('disk full')) };
    const other = await openTestHsm(broken);
    const before = await other.view();
    await expect(other.rotateDomainKey({ region })).rejects.toThrow('disk full');
    await expect(other.failMembers({ region, members: online, how: 'power' })).rejects.toThrow('disk full');
    expect(await other.view()).toEqual(before);
    expect(await opens(other)).toBe(true);
    expect(asNew(await (await openTestHsm(store)).view())).toEqual(asNew(before));
  });

  test('changes asked for at once are made one after the other', async () => {
    await Promise.all([
      hsm.rotateDomainKey({ region }),
      hsm.failMembers({ region, members: ['hsm-a'], how: 'power' }),
      hsm.rotateDomainKey({ region }),
      hsm.replaceMember({ region, member: 'hsm-a', signers: twoOperators }),
    ]);
    const { members, keys, token: exported } = await domainOf(hsm);
    expect(members.map(({ domainKeys }) => domainKeys.length)).toEqual([3, 3, 3, 0]);
    expect(keys.map(({ state }) => state)).toEqual(['active', 'deactivated', 'deactivated']);
    expect(exported.generation).toBe(4);
    expect(await opens()).toBe(true);
  });

  test('a state that the store has left behind cannot be built upon', async () => {
    const other = await openTestHsm(store);
    await other.view();
    carriedOut(await hsm.rotateDomainKey({ region }));
    await expect(other.rotateDomainKey({ region })).rejects.toThrow(/changed meanwhile/);
    await hsm.zeroise();
    await expect(other.rotateDomainKey({ region })).rejects.toThrow(/zeroised meanwhile/);
  });
});
