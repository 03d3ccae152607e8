import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { readScenario } from '../../src/engine/scenario/read-scenario.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import type { Commit, VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const platform = { clock: systemClock, randomness: systemRandomness };

const scenario = readScenario({
  version: 1,
  accounts: [
    {
      accountId: '111122223333',
      principals: [{ type: 'User', name: 'Ada' }],
      keys: [
        {
          keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
          aliases: ['alias/orders'],
          description: 'Orders',
          tags: { project: 'alpha' },
          policy: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::111122223333:user/Ada' },
                Action: 'kms:*',
                Resource: '*',
              },
            ],
          },
        },
        { spec: 'RSA_2048', usage: 'SIGN_VERIFY', enabled: false, aliases: ['alias/signer'] },
      ],
    },
    {
      accountId: '444455556666',
      principals: [{ type: 'Role', name: 'Partner' }],
      keys: [{ keyId: '0987dcba-09fe-87dc-65ba-ab0987654321', region: 'eu-west-1' }],
    },
  ],
});

test('a scenario’s keys are there, with the ids, names and policies that it says', async () => {
  const ada = kms(await openTestCloud({ scenario }));
  const { KeyMetadata } = await ada.describeKey({ KeyId: 'alias/orders' });
  expect(KeyMetadata).toMatchObject({
    KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
    Description: 'Orders',
    KeyState: 'Enabled',
  });
  // The second key's policy is the default one, and Ada has no identity policy.
  await expect(ada.describeKey({ KeyId: 'alias/signer' })).rejects.toThrow(/no identity-based policy allows/);
});

test('each account’s keys are its own, whoever the door lets in as', async () => {
  const cloud = await openTestCloud({ scenario, auth: { mode: 'open', accountId: '444455556666' } });
  const partner = kms(cloud, 'Partner', { region: 'eu-west-1' });
  const { Keys } = await partner.listKeys({});
  expect(Keys?.map(({ KeyId }) => KeyId)).toEqual(['0987dcba-09fe-87dc-65ba-ab0987654321']);
});

test('a scenario that AWS would refuse is refused, with the place and AWS’s words', async () => {
  const bad = readScenario({
    version: 1,
    accounts: [
      { accountId: '111122223333', principals: [], keys: [{ spec: 'RSA_2048', usage: 'KEY_AGREEMENT' }] },
    ],
  });
  await expect(openTestCloud({ scenario: bad })).rejects.toThrow(
    'accounts[0].keys[0]: CreateKey was refused: ValidationException: KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048',
  );
});

test('a cloud whose founding was cut off is founded anew, whole', async () => {
  const adapter = memoryAdapter();
  const store = memoryHsmStore();
  let left = 4;
  const cutOff: VaultAdapter = {
    ...adapter,
    append: (commit: Commit, promptness) =>
      left-- > 0 ? adapter.append(commit, promptness) : Promise.reject(new Error('The power has gone.')),
  };
  const hsm = await openHsm({ store, ...platform });
  await expect(openCloud({ adapter: cutOff, hsm, ...platform, scenario })).rejects.toThrow();
  expect((await adapter.load()).records.length).toBeGreaterThan(0);

  const cloud = await openCloud({ adapter, hsm, ...platform, scenario });
  onTestFinished(() => cloud.close());
  const { KeyMetadata } = await kms(cloud).describeKey({ KeyId: 'alias/orders' });
  expect(KeyMetadata?.KeyId).toBe('1234abcd-12ab-34cd-56ef-1234567890ab');
});
