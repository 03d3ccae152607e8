import { describe, expect, it } from 'vitest';
import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { readScenario } from '../../src/engine/scenario/read-scenario.ts';
import type { Scenario, ScenarioPrincipal } from '../../src/engine/scenario/schema/scenario.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const reader = 'arn:aws:iam::444455556666:role/staff/Reader';
const document = (Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow' as const, Action, Resource: '*', ...more }],
});

const rich: Scenario = readScenario({
  version: 1,
  description: 'An archive that another account reads.',
  quotas: { resources: { keys: 50 } },
  accounts: [
    {
      accountId: '111122223333',
      name: 'Archive',
      organization: { id: 'o-exampleorgid' },
      serviceControlPolicies: [[{ name: 'All', document: document('*') }]],
      principals: [
        {
          type: 'User',
          name: 'Ada',
          description: 'Keeps the archive.',
          policies: [{ name: 'Administrator', document: document('kms:*') }],
          boundary: { name: 'Border', document: document('kms:*') },
          tags: { team: 'archive' },
          accessKeys: [{ mfa: true }, {}],
        },
        { type: 'Service', name: 's3.amazonaws.com', accessKeys: [{ sourceAccount: '111122223333' }] },
      ],
      keys: [
        {
          keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
          region: 'us-east-1',
          spec: 'SYMMETRIC_DEFAULT',
          usage: 'ENCRYPT_DECRYPT',
          description: 'Seals the archive',
          policy: document('kms:*', { Principal: { AWS: ['arn:aws:iam::111122223333:root', reader] } }),
          tags: { project: 'archive' },
          aliases: ['alias/archive', 'alias/old'],
          rotationPeriodInDays: 180,
          grants: [
            {
              name: 'reading',
              granteePrincipal: reader,
              operations: ['Decrypt'],
              constraints: { encryptionContextSubset: { of: 'the archive' } },
            },
          ],
          enabled: false,
        },
        {
          keyId: `mrk-${'0f'.repeat(16)}`,
          region: 'eu-west-1',
          spec: 'HMAC_256',
          usage: 'GENERATE_VERIFY_MAC',
          policy: document('kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
          multiRegion: true,
          replicas: ['us-east-1', 'eu-north-1'],
        },
        {
          keyId: '2234abcd-12ab-34cd-56ef-1234567890ab',
          region: 'us-east-1',
          spec: 'SYMMETRIC_DEFAULT',
          usage: 'ENCRYPT_DECRYPT',
          origin: 'EXTERNAL',
          policy: document('kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
        },
      ],
    },
    {
      accountId: '444455556666',
      principals: [
        { type: 'Role', name: 'Reader', path: '/staff/', accessKeys: [{ sessionName: 'reading' }] },
      ],
    },
  ],
});

function withSortedSessions(principal: ScenarioPrincipal): ScenarioPrincipal {
  const sessions = principal.accessKeys?.map((session) => JSON.stringify(session)).sort();
  return {
    ...principal,
    accessKeys: sessions?.map((session) => JSON.parse(session) as object),
  } as ScenarioPrincipal;
}

/** The same scenario, its lists in an order of their own: that of a described cloud's says nothing. */
function sorted({ accounts, ...scenario }: Scenario): Scenario {
  const by = (pick: (thing: never) => string | undefined) => (one: object, other: object) =>
    String(pick(one as never)) < String(pick(other as never)) ? -1 : 1;
  return {
    ...scenario,
    accounts: accounts.toSorted(by(({ accountId }) => accountId)).map((account) => ({
      ...account,
      principals: account.principals.map(withSortedSessions).toSorted(by(({ name }) => name)),
      ...(account.keys && { keys: account.keys.toSorted(by(({ keyId }) => keyId)) }),
    })),
  };
}

describe('a cloud described as a scenario', () => {
  it('is the scenario that it was founded from, member for member', async () => {
    const cloud = await openTestCloud({ scenario: rich });
    const { scenario, leftOut, foundedFrom } = await cloud.look({ name: 'scenario', query: {} });
    expect(sorted(scenario)).toEqual(sorted(rich));
    expect(readScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
    expect(foundedFrom).toEqual(rich);
    expect(leftOut.map(({ keyArn }) => keyArn.split('/')[1])).toEqual([
      '2234abcd-12ab-34cd-56ef-1234567890ab',
    ]);
  });

  it('makes a cloud that is described alike, with keys of its own', async () => {
    const first = await openTestCloud();
    const KeyId = (await kms(first, 'Ada').send(new CreateKeyCommand({ Description: 'Mine' }))).KeyMetadata
      ?.KeyId;
    const { scenario } = await first.look({ name: 'scenario', query: {} });
    const second = await openTestCloud({ scenario });
    expect(scenario.accounts[0]?.keys).toEqual([
      expect.not.objectContaining({ policy: expect.anything() as object }),
    ]);
    expect((await second.look({ name: 'scenario', query: {} })).scenario).toEqual(scenario);
    const described = await kms(second, 'Ada').send(new DescribeKeyCommand({ KeyId }));
    expect(described.KeyMetadata?.Description).toBe('Mine');
    const { CiphertextBlob } = await kms(first, 'Ada').send(
      new EncryptCommand({ KeyId, Plaintext: new Uint8Array([1]) }),
    );
    await expect(kms(second, 'Ada').send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('holds no credentials', async () => {
    const cloud = await openTestCloud();
    const { scenario } = await cloud.look({ name: 'scenario', query: {} });
    const text = JSON.stringify(scenario);
    for (const { credentials } of cloud.identities()) {
      for (const secret of Object.values(credentials)) expect(text).not.toContain(secret);
    }
  });

  it('says what it leaves out: what is about to be deleted comes back with its deletion cancelled', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud, 'Ada');
    const { KeyMetadata } = await ada.send(new CreateKeyCommand({}));
    const { KeyId, Arn } = KeyMetadata!;
    await ada.send(new ScheduleKeyDeletionCommand({ KeyId }));
    const pending = await cloud.look({ name: 'scenario', query: {} });
    expect(pending.scenario.accounts[0]?.keys).toBeUndefined();
    expect(pending.leftOut).toEqual([{ keyArn: Arn, reason: 'It is about to be deleted.' }]);
    await ada.send(new CancelKeyDeletionCommand({ KeyId }));
    const kept = await cloud.look({ name: 'scenario', query: {} });
    expect(kept.scenario.accounts[0]?.keys).toMatchObject([{ keyId: KeyId, enabled: false }]);
    expect(kept.leftOut).toEqual([]);
  });
});
