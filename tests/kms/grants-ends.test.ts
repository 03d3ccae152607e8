import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { openCloud } from '../../src/engine/cloud.ts';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import type { Scenario } from '../../src/engine/scenario/schema/scenario.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

/** Listing grants, and their end: by revoking, by retiring. */

const gus = 'arn:aws:iam::111122223333:user/Gus';
const ron = 'arn:aws:iam::111122223333:user/Ron';
const app = 'arn:aws:iam::111122223333:role/App';
const cleo = 'arn:aws:iam::444455556666:user/Cleo';
const nobodys = '0'.repeat(64);

async function world(scenario: Scenario = twoAccounts) {
  const cloud = await openTestCloud({ scenario });
  const ada = kms(cloud);
  const KeyId = await newKey(ada);
  const grant = async (terms: Partial<CreateGrantRequest> = {}) => {
    const made = await ada.createGrant({ KeyId, GranteePrincipal: gus, Operations: ['Encrypt'], ...terms });
    return { GrantId: made.GrantId!, GrantToken: made.GrantToken! };
  };
  const left = async () => (await ada.listGrants({ KeyId })).Grants!.length;
  return { cloud, ada, KeyId, grant, left, as: (name: string) => kms(cloud, name) };
}

/** The scenario, with one more statement for a user of the first account. */
function allowing(
  name: string,
  statement: { Effect: 'Allow' | 'Deny'; Action: string; Resource: string },
): Scenario {
  const policy = { name: 'Extra', document: { Version: '2012-10-17' as const, Statement: [statement] } };
  return {
    ...twoAccounts,
    accounts: twoAccounts.accounts.map((account) => ({
      ...account,
      principals: account.principals.map((principal) =>
        principal.name === name && principal.type === 'User'
          ? { ...principal, policies: [policy] }
          : principal,
      ),
    })),
  };
}

describe('ListGrants', () => {
  test('tells everything about a grant but its token', async () => {
    const { ada, KeyId, grant } = await world();
    const { GrantId } = await grant({
      Name: 'nightly',
      RetiringPrincipal: ron,
      Constraints: { EncryptionContextSubset: { dept: 'IT' } },
    });
    const { Grants, Truncated } = await ada.listGrants({ KeyId: KeyId.split('/')[1]! });
    expect(Truncated).toBe(false);
    expect(Grants).toEqual([
      {
        KeyId,
        GrantId,
        Name: 'nightly',
        CreationDate: expect.any(Date) as Date,
        GranteePrincipal: gus,
        RetiringPrincipal: ron,
        IssuingAccount: 'arn:aws:iam::111122223333:root',
        Operations: ['Encrypt'],
        Constraints: { EncryptionContextSubset: { dept: 'IT' } },
      },
    ]);
  });

  test('shows those of one grantee, or one grant', async () => {
    const { ada, KeyId, grant } = await world();
    const first = await grant();
    const other = await grant({ GranteePrincipal: app });
    const ids = async (filter: object) =>
      (await ada.listGrants({ KeyId, ...filter })).Grants!.map(({ GrantId }) => GrantId);
    expect(await ids({ GranteePrincipal: gus })).toEqual([first.GrantId]);
    expect(await ids({ GrantId: other.GrantId })).toEqual([other.GrantId]);
    expect(await ids({ GrantId: other.GrantId, GranteePrincipal: gus })).toEqual([]);
    expect(await ids({ GrantId: nobodys })).toEqual([]);
    expect((await refusal(ids({ GrantId: 'x' }))).name).toBe('InvalidGrantIdException');
    expect((await refusal(ids({ GranteeServicePrincipal: 's3.amazonaws.com' }))).name).toBe(
      'ValidationException',
    );
  });

  test('comes in pages of 50, or of 1 to 100', async () => {
    const { ada, KeyId, grant } = await world();
    for (let count = 0; count < 52; count++) await grant({ GranteePrincipal: count % 2 ? gus : app });
    const first = await ada.listGrants({ KeyId });
    expect(first.Grants).toHaveLength(50);
    const rest = await ada.listGrants({ KeyId, Marker: first.NextMarker });
    expect(rest.Grants).toHaveLength(2);
    const ids = [...first.Grants!, ...rest.Grants!].map(({ GrantId }) => GrantId);
    expect(new Set(ids).size).toBe(52);
    const ofGus: unknown[] = [];
    let Marker: string | undefined;
    do {
      const page = await ada.listGrants({
        KeyId,
        GranteePrincipal: gus,
        Limit: 10,
        ...(Marker && { Marker }),
      });
      ofGus.push(...page.Grants!);
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(ofGus).toHaveLength(26);
    expect((await ada.listGrants({ KeyId, Limit: 100 })).Truncated).toBe(false);
    expect((await refusal(ada.listGrants({ KeyId, Limit: 101 }))).name).toBe('ValidationException');
    expect((await refusal(ada.listGrants({ KeyId, Marker: '%' }))).name).toBe('InvalidMarkerException');
  });
});

describe('ListRetirableGrants', () => {
  test('finds grants on keys of every account in this Region alone', async () => {
    const { cloud, ada, grant, as } = await world();
    const here = await grant({ RetiringPrincipal: ron });
    await grant({ RetiringPrincipal: gus });
    const far = kms(cloud, 'Ada', { region: 'eu-west-1' });
    const there = { GranteePrincipal: gus, Operations: ['Encrypt' as const], RetiringPrincipal: ron };
    await far.createGrant({ KeyId: await newKey(far), ...there });
    const beasKey = await newKey(as('Bea'));
    const foreign = await as('Bea').createGrant({ KeyId: beasKey, ...there });
    const { Grants } = await ada.listRetirableGrants({ RetiringPrincipal: ron });
    expect(Grants!.map(({ GrantId }) => GrantId).sort()).toEqual([here.GrantId, foreign.GrantId].sort());
    expect(Grants!.find(({ GrantId }) => GrantId === foreign.GrantId)).toMatchObject({
      KeyId: beasKey,
      IssuingAccount: 'arn:aws:iam::444455556666:root',
    });
    const page = await ada.listRetirableGrants({ RetiringPrincipal: ron, Limit: 1 });
    expect(page).toMatchObject({ Truncated: true, NextMarker: expect.any(String) as string });
  });

  test('is for principals of the caller’s own account, and for those whom a policy lets', async () => {
    const { ada, as } = await world();
    expect((await refusal(ada.listRetirableGrants({ RetiringPrincipal: cleo }))).name).toBe(
      'AccessDeniedException',
    );
    expect(await refusal(as('Gus').listRetirableGrants({ RetiringPrincipal: ron }))).toEqual({
      name: 'AccessDeniedException',
      message: `User: ${gus} is not authorized to perform: kms:ListRetirableGrants on resource: ${ron} because no identity-based policy allows the kms:ListRetirableGrants action`,
    });
    expect((await refusal(ada.listRetirableGrants({} as never))).name).toBe('ValidationException');
    const service = { RetiringServicePrincipal: 's3.amazonaws.com' } as never;
    expect((await refusal(ada.listRetirableGrants(service))).name).toBe('ValidationException');
  });
});

describe('RevokeGrant', () => {
  test('ends the grant at once', async () => {
    const { ada, KeyId, grant, left } = await world();
    const { GrantId } = await grant({ RetiringPrincipal: ron, Name: 'a' });
    await ada.revokeGrant({ KeyId, GrantId });
    expect(await left()).toBe(0);
    expect((await ada.listRetirableGrants({ RetiringPrincipal: ron })).Grants).toEqual([]);
    expect(await refusal(ada.revokeGrant({ KeyId, GrantId }))).toEqual({
      name: 'NotFoundException',
      message: `Grant ID ${GrantId} not found`,
    });
    expect((await grant({ RetiringPrincipal: ron, Name: 'a' })).GrantId).not.toBe(GrantId);
  });

  test('takes a grant id in AWS’s form, of a grant on this key', async () => {
    const { ada, KeyId, grant } = await world();
    const { GrantId } = await grant();
    expect((await refusal(ada.revokeGrant({ KeyId, GrantId: 'abc' }))).name).toBe('InvalidGrantIdException');
    const KeyOther = await newKey(ada);
    expect((await refusal(ada.revokeGrant({ KeyId: KeyOther, GrantId }))).name).toBe('NotFoundException');
  });

  test('is for those who may revoke, not for the grantee', async () => {
    const { KeyId, grant, as, left } = await world();
    const { GrantId } = await grant({ Operations: ['Encrypt', 'RetireGrant'] });
    expect((await refusal(as('Gus').revokeGrant({ KeyId, GrantId }))).name).toBe('AccessDeniedException');
    expect((await refusal(as('Ada').revokeGrant({ KeyId, GrantId, DryRun: true }))).name).toBe(
      'DryRunOperationException',
    );
    expect(await left()).toBe(1);
  });
});

describe('RetireGrant', () => {
  test('by its token or by key ARN and grant id', async () => {
    const { KeyId, grant, as, left } = await world();
    const first = await grant({ RetiringPrincipal: ron });
    const second = await grant({ RetiringPrincipal: ron });
    await as('Ron').retireGrant({ GrantToken: first.GrantToken });
    await as('Ron').retireGrant({ KeyId, GrantId: second.GrantId });
    expect(await left()).toBe(0);
    expect(await refusal(as('Ron').retireGrant({ GrantToken: first.GrantToken }))).toEqual({
      name: 'NotFoundException',
      message: `Grant ID ${first.GrantId} not found`,
    });
  });

  test('wants one way of naming the grant', async () => {
    const { KeyId, grant, as } = await world();
    const { GrantId, GrantToken } = await grant({ RetiringPrincipal: ron });
    const name = async (request: object) => (await refusal(as('Ron').retireGrant(request))).name;
    expect(await name({})).toBe('ValidationException');
    expect(await name({ KeyId })).toBe('ValidationException');
    expect(await name({ GrantToken, KeyId, GrantId })).toBe('ValidationException');
    expect(await name({ GrantToken: 'AQpA' })).toBe('InvalidGrantTokenException');
    expect(await name({ KeyId, GrantId: 'x' })).toBe('InvalidGrantIdException');
    expect(await name({ KeyId, GrantId: nobodys })).toBe('NotFoundException');
  });

  test('is the right of the retiring principal, also of another account', async () => {
    const { grant, as, left } = await world();
    const { GrantToken } = await grant({ RetiringPrincipal: cleo });
    await as('Cleo').retireGrant({ GrantToken });
    expect(await left()).toBe(0);
  });

  test('is the right of the grantee only where the grant says so', async () => {
    const { grant, as, left } = await world();
    const silent = await grant();
    expect((await refusal(as('Gus').retireGrant({ GrantToken: silent.GrantToken }))).name).toBe(
      'AccessDeniedException',
    );
    const { GrantToken } = await grant({
      Operations: ['Encrypt', 'RetireGrant'],
      // A constraint does not bind retiring.
      Constraints: { EncryptionContextEquals: { dept: 'IT' } },
    });
    await as('Gus').retireGrant({ GrantToken });
    expect(await left()).toBe(1);
  });

  test('is the right of the account that made it, which may delegate it by IAM policies', async () => {
    const scenario = allowing('Gus', { Effect: 'Allow', Action: 'kms:RetireGrant', Resource: '*' });
    const { grant, as, left } = await world(scenario);
    await as('root').retireGrant({ GrantToken: (await grant({ GranteePrincipal: app })).GrantToken });
    await as('Gus').retireGrant({ GrantToken: (await grant({ GranteePrincipal: app })).GrantToken });
    expect(await left()).toBe(0);
    const { GrantToken } = await grant({ GranteePrincipal: app });
    // Bea may do kms:* by her own policies, but the grant was not made in her account.
    expect((await refusal(as('Bea').retireGrant({ GrantToken }))).name).toBe('AccessDeniedException');
  });

  test('yields to a Deny', async () => {
    const scenario = allowing('Ron', { Effect: 'Deny', Action: 'kms:RetireGrant', Resource: '*' });
    const { grant, as, left } = await world(scenario);
    const { GrantToken } = await grant({ RetiringPrincipal: ron });
    expect((await refusal(as('Ron').retireGrant({ GrantToken }))).name).toBe('AccessDeniedException');
    expect(await left()).toBe(1);
  });

  test('is in CloudTrail by the id of the grant alone', async () => {
    const { cloud, grant, as, KeyId } = await world();
    const { GrantId, GrantToken } = await grant({ RetiringPrincipal: ron });
    expect((await refusal(as('Ron').retireGrant({ GrantToken, DryRun: true }))).name).toBe(
      'DryRunOperationException',
    );
    await as('Ron').retireGrant({ GrantToken });
    const [record] = await trailOf(cloud);
    expect(record).toMatchObject({
      eventName: 'RetireGrant',
      readOnly: false,
      requestParameters: null,
      responseElements: null,
      additionalEventData: { grantId: GrantId },
      resources: [{ ARN: KeyId, type: 'AWS::KMS::Key', accountId: '111122223333' }],
    });
  });
});

test('a key takes its grants with it when it is deleted', async () => {
  const { cloud, ada, KeyId, grant, as } = await world();
  const { GrantToken } = await grant({ RetiringPrincipal: ron, Name: 'a' });
  await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  expect((await ada.listRetirableGrants({ RetiringPrincipal: ron })).Grants).toHaveLength(1);
  const week = 7 * 86_400_000;
  await cloud.clock.moveTo(cloud.clock.now() + week);
  expect((await ada.listRetirableGrants({ RetiringPrincipal: ron })).Grants).toEqual([]);
  expect((await refusal(as('Ron').retireGrant({ GrantToken }))).name).toBe('NotFoundException');
});

test('grants outlive the cloud’s sleep', async () => {
  const options = { clock: systemClock, randomness: systemRandomness };
  const hsm = await openHsm({ store: memoryHsmStore(), ...options });
  const adapter = memoryAdapter();
  const first = await openCloud({ adapter, hsm, scenario: twoAccounts, ...options });
  const KeyId = await newKey(kms(first));
  const terms = {
    KeyId,
    GranteePrincipal: gus,
    Operations: ['Encrypt' as const],
    RetiringPrincipal: ron,
    Name: 'n',
  };
  const { GrantId } = await kms(first).createGrant(terms);
  await first.flush();
  const again = await openCloud({ adapter, hsm, ...options });
  expect((await kms(again).listGrants({ KeyId, GranteePrincipal: gus })).Grants).toHaveLength(1);
  expect((await kms(again).createGrant(terms)).GrantId).toBe(GrantId);
  await kms(again, 'Ron').retireGrant({ KeyId, GrantId });
  await again.close();
});
