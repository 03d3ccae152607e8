import type { KeyUsageType } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import {
  createKeyInput,
  fitted,
  missingOf,
  specsIn,
  type KeyDraft,
} from '../../src/lib/console/create/draft.ts';
import { keyPolicyOf, type PolicyTerms } from '../../src/lib/console/create/key-policy.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud, pooledRsa } from '../support/cloud.ts';

const draft: KeyDraft = {
  usage: 'ENCRYPT_DECRYPT',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  multiRegion: false,
  customKeyStoreId: '',
  xksKeyId: '',
  alias: '',
  description: '',
  tags: [],
};
const usages: KeyUsageType[] = [
  'ENCRYPT_DECRYPT',
  'SIGN_VERIFY',
  'GENERATE_VERIFY_MAC',
  'KEY_AGREEMENT',
  'ENCAPSULATE_DECAPSULATE',
];

const termsOf = (change: Partial<PolicyTerms>): PolicyTerms => ({
  accountId: '111122223333',
  partition: 'aws',
  keySpec: 'SYMMETRIC_DEFAULT',
  keyUsage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
  administrators: [],
  users: [],
  adminsDelete: true,
  ...change,
});

describe('the wizard that makes a key', () => {
  it('makes what KMS takes, whatever the usage', async () => {
    const cloud = await openTestCloud(pooledRsa);
    const ada = kms(cloud);
    for (const usage of usages) {
      const key = fitted(
        { ...draft, usage, description: usage, tags: [{ name: 'Team', value: '' }] },
        'us-east-1',
      );
      const policy = JSON.stringify(
        keyPolicyOf(
          termsOf({
            keySpec: key.spec,
            keyUsage: usage,
            administrators: [identity(cloud, 'Ada').arn],
            users: [identity(cloud, 'FileVault').arn, identity(cloud, 'Mallory').arn],
          }),
        ),
      );
      const { KeyMetadata: made } = await ada.createKey(createKeyInput(key, policy));
      expect(made).toMatchObject({
        KeyUsage: usage,
        KeySpec: key.spec,
        Description: usage,
        MultiRegion: false,
      });
      const stored = await ada.getKeyPolicy({ KeyId: made!.KeyId! });
      expect(JSON.parse(stored.Policy!)).toEqual(JSON.parse(policy));
    }
  });

  it('lets its users use the key and not rule it', async () => {
    const cloud = await openTestCloud();
    const policy = keyPolicyOf(termsOf({ users: [identity(cloud, 'Mallory').arn] }));
    const { KeyMetadata: made } = await kms(cloud).createKey(createKeyInput(draft, JSON.stringify(policy)));
    const mallory = kms(cloud, 'Mallory');
    const KeyId = made!.Arn!;
    await mallory.encrypt({ KeyId, Plaintext: Uint8Array.of(1) });
    await expect(mallory.disableKey({ KeyId })).rejects.toThrow(/not authorized/);
    const grant = { KeyId, GranteePrincipal: identity(cloud, 'Ada').arn, Operations: ['Decrypt' as const] };
    await expect(mallory.createGrant(grant)).rejects.toThrow(/not authorized/);
  });

  it('gives administrators what the key needs, and its deletion only where one wants so', () => {
    const admins = (change: Partial<PolicyTerms>) =>
      keyPolicyOf(termsOf({ administrators: ['arn:aws:iam::111122223333:user/Ada'], ...change }))
        .Statement[1]!;
    expect(admins({}).Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:user/Ada' });
    expect(admins({}).Action).toContain('kms:ScheduleKeyDeletion');
    expect(admins({ adminsDelete: false }).Action).not.toContain('kms:ScheduleKeyDeletion');
    expect(admins({ origin: 'EXTERNAL' }).Action).toContain('kms:ImportKeyMaterial');
    expect(admins({ multiRegion: true }).Action).toContain('kms:ReplicateKey');
    expect(admins({}).Action).not.toContain('kms:ImportKeyMaterial');
  });

  it('changes what no longer fits with a choice', () => {
    const stored: KeyDraft = { ...draft, origin: 'AWS_CLOUDHSM', multiRegion: true };
    expect(fitted(stored, 'us-east-1')).toMatchObject({ origin: 'AWS_CLOUDHSM', multiRegion: false });
    expect(fitted({ ...stored, usage: 'SIGN_VERIFY' }, 'us-east-1')).toMatchObject({
      spec: 'ECC_NIST_P256',
      origin: 'AWS_KMS',
    });
    expect(specsIn('ENCRYPT_DECRYPT', 'us-east-1')).not.toContain('SM2');
    expect(specsIn('ENCRYPT_DECRYPT', 'cn-north-1')).toContain('SM2');
  });

  it('says what is missing', () => {
    expect(missingOf(draft)).toEqual([]);
    expect(missingOf({ ...draft, origin: 'EXTERNAL_KEY_STORE' })).toEqual(['store', 'xks']);
    expect(missingOf({ ...draft, alias: 'aws/mine' })).toEqual(['alias']);
    expect(missingOf({ ...draft, alias: 'with space' })).toEqual(['alias']);
  });
});
