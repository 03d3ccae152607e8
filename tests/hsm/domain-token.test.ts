import { verify } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openDomainKeys, readToken, type DomainState } from '../../src/engine/hsm/fleet/domain-token.ts';
import { accept } from '../../src/engine/hsm/fleet/member.ts';
import { entryOf, newModule } from '../../src/engine/hsm/fleet/new-module.ts';
import { missingSignatures, signProposal } from '../../src/engine/hsm/fleet/quorum.ts';
import type { StoredDomain, StoredMember } from '../../src/engine/hsm/store/domain-record.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { carriedOut, region } from './fleet-support.ts';
import { nodeKey } from './crafted-token.ts';
import { newToken, openTestHsm, startTime } from './support.ts';

/** The domain token as it goes through other hands, and what a module takes. */

const workshop = {
  ...{ now: startTime, extractable: false, seeded: false },
  randomness: () => systemRandomness,
};

/** A domain's first state, and the one after a rotation; each as it is stored. */
let first: StoredDomain;
let second: StoredDomain;

beforeAll(async () => {
  const store = memoryHsmStore();
  const hsm = await openTestHsm(store);
  await newToken(hsm);
  const stored = async () => (await store.start({ moduleId: 'other' })).domains.get(region)!;
  carriedOut(await hsm.rotateDomainKey({ region }));
  first = await stored();
  carriedOut(await hsm.rotateDomainKey({ region }));
  second = await stored();
});

const take = (member: StoredMember, token: Uint8Array, replaces = true, of = region) =>
  accept(member, token, { region: of, legacy: [], replaces }, { randomness: systemRandomness });

const stateIn = ({ token }: StoredDomain): DomainState => readToken(token)!;

test('is signed by its author over every byte, ECDSA P-384', () => {
  const { token, members } = second;
  const author = members.find(({ serialNumber }) => serialNumber === stateIn(second).author)!;
  const key = nodeKey(author.keys!.signing.public!);
  expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' });
  const [body, signature] = [token.subarray(0, -96), token.subarray(-96)];
  expect(verify('sha384', body, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
});

test('each member opens it with its own key, and with no other’s envelope', async () => {
  for (const member of second.members) {
    const keys = await openDomainKeys(member, stateIn(second), false);
    expect(keys!.map(({ id, key }) => [id, key.extractable])).toEqual(
      stateIn(second).domainKeys.map(({ id }) => [id, false]),
    );
    const other = second.members.find(({ name }) => name !== member.name)!;
    const stolen = { ...member, serialNumber: other.serialNumber };
    expect(await openDomainKeys(stolen, stateIn(second), false)).toBeUndefined();
  }
});

describe('a module', () => {
  test('takes the next token, or the one that it has when it starts', async () => {
    const member = first.members[1]!;
    expect(await take(member, second.token)).toMatchObject({ stored: { generation: member.generation + 1 } });
    expect(await take(second.members[1]!, second.token, false)).toBeDefined();
  });

  test('does not take an old one, nor the same again as a change', async () => {
    expect(await take(second.members[1]!, first.token, false)).toBeUndefined();
    expect(await take(second.members[1]!, second.token)).toBeUndefined();
  });

  test('does not take one of another Region', async () => {
    expect(await take(first.members[1]!, second.token, true, 'eu-central-1')).toBeUndefined();
  });

  test('does not take one whose author it does not know', async () => {
    const member = first.members[1]!;
    const { author } = stateIn(second);
    const knows = {
      ...member.knows,
      members: member.knows.members.filter(({ serialNumber }) => serialNumber !== author),
    };
    expect(await take({ ...member, knows }, second.token)).toBeUndefined();
  });

  test.each<keyof DomainState>([
    ...(['version', 'name', 'region', 'generation', 'made', 'author', 'roster'] as const),
    ...(['domainKeys', 'ephemeralKey', 'envelopes'] as const),
  ])('does not take one with another %s', async (field) => {
    const state = stateIn(second);
    const value = state[field];
    const longer = typeof value === 'string' ? `${value}0` : undefined;
    const changes: Partial<Record<keyof DomainState, unknown>> = {
      version: 2,
      generation: state.generation + 1,
      made: state.made + 1,
      author: state.roster.members[1]!.serialNumber,
      roster: { ...state.roster, rules: [] },
      domainKeys: state.domainKeys.slice(1),
      envelopes: Object.fromEntries(Object.entries(state.envelopes).slice(1)),
    };
    const changed = { ...state, [field]: changes[field] ?? longer };
    expect(changed).not.toEqual(state);
    const forged = Buffer.concat([Buffer.from(JSON.stringify(changed)), second.token.subarray(-96)]);
    expect(await take(first.members[1]!, forged)).toBeUndefined();
  });

  test('does not take one with any byte flipped', async () => {
    const { token } = second;
    for (let position = 0; position < token.length; position += 97) {
      const flipped = token.slice();
      flipped[position]! ^= 1;
      expect(await take(first.members[1]!, flipped)).toBeUndefined();
    }
    expect(await take(first.members[1]!, new Uint8Array())).toBeUndefined();
  });

  test('does not take one that a stranger has signed in a member’s name', async () => {
    const stranger = await newModule(workshop, first.members[0]!);
    const body = second.token.subarray(0, -96);
    const algorithm = { name: 'ECDSA', hash: 'SHA-384' };
    const signature = await crypto.subtle.sign(algorithm, stranger.keys.signing.key, new Uint8Array(body));
    const forged = Buffer.concat([body, new Uint8Array(signature)]);
    expect(await take(first.members[1]!, forged)).toBeUndefined();
  });
});

describe('a store that gives modules an old token', () => {
  test('is not believed when they start', async () => {
    const members = second.members;
    const rolledBack = { ...first, members };
    const store = memoryHsmStore({ domains: new Map([[region, rolledBack]]) });
    await expect((await openTestHsm(store)).view()).rejects.toThrow(
      'The module hsm-a of us-east-1 does not accept the domain token.',
    );
  });
});

describe('operators’ signatures', () => {
  const proposed = async () => ({
    command: 'replace a module' as const,
    ...{ region, token: second.token, leaves: second.members[1]!.serialNumber },
    joins: entryOf(await newModule(workshop, second.members[1]!)),
  });
  const signers = () => second.operators.slice(0, 2);

  test('count for what was signed, and for nothing else', async () => {
    const proposal = await proposed();
    const signatures = await signProposal(proposal, signers());
    const roster = second.members[0]!.knows;
    expect(await missingSignatures(roster, proposal, signatures)).toBeUndefined();
    for (const change of [
      { command: 'replace a module from the safe' as const },
      { region: 'eu-central-1' },
      { token: first.token },
      { leaves: second.members[2]!.serialNumber },
      { joins: entryOf(await newModule(workshop, second.members[1]!)) },
    ]) {
      expect(await missingSignatures(roster, { ...proposal, ...change }, signatures)).toBeDefined();
    }
  });

  test('count only with the key of the operator that they name', async () => {
    const proposal = await proposed();
    const roster = second.members[0]!.knows;
    const [mine] = await signProposal(proposal, signers());
    const borrowed = { operator: 'Kofi', signature: mine!.signature };
    expect(await missingSignatures(roster, proposal, [mine!, borrowed])).toEqual({ 'KMS operator': 1 });
    const stranger = { operator: 'Mallory', signature: mine!.signature };
    expect(await missingSignatures(roster, proposal, [mine!, stranger])).toEqual({ 'KMS operator': 1 });
    const blank = { operator: 'Jonas', signature: new Uint8Array(96) };
    expect(await missingSignatures(roster, proposal, [mine!, blank])).toEqual({ 'KMS operator': 1 });
  });
});
