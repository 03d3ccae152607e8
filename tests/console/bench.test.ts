import { describe, expect, it } from 'vitest';
import { allAlgorithms } from '../../src/lib/console/bench/algorithms.ts';
import { givenFor, messageOf } from '../../src/lib/console/bench/digest.ts';
import { constraintWords, operationsFor } from '../../src/lib/console/key/grants.ts';
import { lookupOf, noTrailFilter, passes } from '../../src/lib/console/trail/filter.ts';
import type { CloudTrailRecord } from '../../src/engine/cloudtrail/types.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

it('knows all algorithms, for who may use a key and not describe it', () => {
  expect(allAlgorithms('SigningAlgorithms')).toContain('ML_DSA_SHAKE_256');
  expect(allAlgorithms('MacAlgorithms')).toHaveLength(4);
  expect(allAlgorithms('EncryptionAlgorithms')[0]).toBe('SYMMETRIC_DEFAULT');
});

describe('the signing bench', () => {
  it('offers what each algorithm takes', () => {
    expect(givenFor('ECDSA_SHA_256')).toEqual(['RAW', 'hashed', 'DIGEST']);
    expect(givenFor('ML_DSA_SHAKE_256')).toEqual(['RAW', 'EXTERNAL_MU']);
    expect(givenFor('ED25519_PH_SHA_512')).toEqual(['hashed', 'DIGEST']);
    expect(givenFor('nobody knows')).toEqual(['RAW']);
  });

  it('hashes a long message into the digest that KMS itself would have made', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    const { KeyMetadata } = await ada.createKey({ KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' });
    const terms = { KeyId: KeyMetadata!.KeyId!, SigningAlgorithm: 'ECDSA_SHA_384' } as const;
    const message = Uint8Array.from({ length: 4000 }, (_, index) => index % 251);
    const hashed = await messageOf(message, 'hashed', terms.SigningAlgorithm);
    const { Signature } = await ada.sign({ ...terms, ...hashed });
    const verified = await ada.verify({ ...terms, Message: message, MessageType: 'RAW', Signature });
    expect(verified.SignatureValid).toBe(true);
  });
});

it('offers for grants what KMS takes for the kind of key, all at once', async () => {
  const cloud = await openTestCloud();
  const ada = kms(cloud);
  const GranteePrincipal = identity(cloud, 'Mallory').arn;
  const kinds = [
    {},
    { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' },
    { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' },
  ] as const;
  for (const kind of kinds) {
    const { KeyMetadata } = await ada.createKey(kind);
    const Operations = operationsFor(KeyMetadata!);
    await ada.createGrant({ KeyId: KeyMetadata!.KeyId!, GranteePrincipal, Operations });
  }
  expect(constraintWords({ EncryptionContextEquals: { a: 'b' } })).toContain('{"a":"b"}');
  expect(constraintWords(undefined)).toBe('');
});

describe('the filter of the audit trail', () => {
  const record = (change: Partial<CloudTrailRecord>) =>
    ({
      eventName: 'Encrypt',
      readOnly: true,
      userAgent: 'aws-cli',
      userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/Ada' },
      ...change,
    }) as CloudTrailRecord;

  it('asks CloudTrail by the attribute that leaves least to read', () => {
    const by = (change: Partial<typeof noTrailFilter>) =>
      lookupOf({ ...noTrailFilter, ...change }).LookupAttributes?.[0]?.AttributeKey;
    expect(by({})).toBeUndefined();
    expect(by({ operation: 'Decrypt' })).toBe('EventName');
    expect(by({ operation: 'Decrypt', keyArn: 'arn:x' })).toBe('ResourceName');
  });

  it('passes what fits', () => {
    const pass = (change: Partial<typeof noTrailFilter>, of: Partial<CloudTrailRecord> = {}) =>
      passes(record(of), { ...noTrailFilter, ...change });
    expect(pass({ principal: 'ada' })).toBe(true);
    expect(pass({ principal: 'Mallory' })).toBe(false);
    expect(pass({ outcome: 'refused' })).toBe(false);
    expect(pass({ outcome: 'refused' }, { errorCode: 'AccessDenied' })).toBe(true);
    expect(pass({ operation: 'Decrypt' })).toBe(false);
  });

  it('leaves out what the console asks by itself, and never what it was refused', () => {
    const own = { userAgent: 'glass-kms-console', eventName: 'DescribeKey' };
    const pass = (of: Partial<CloudTrailRecord>) => passes(record(of), noTrailFilter);
    expect(pass(own)).toBe(false);
    expect(pass({ ...own, errorCode: 'AccessDenied' })).toBe(true);
    expect(pass({ ...own, eventName: 'Encrypt' })).toBe(true);
    expect(pass({ ...own, userAgent: 'aws-cli' })).toBe(true);
  });
});
