import { expect, it } from 'vitest';
import { makeMaterial, readMaterial } from '../../src/lib/console/import/material.ts';
import { wrapMaterial, wrappingsFor } from '../../src/lib/console/import/wrapping.ts';
import { pemOf } from '../../src/lib/console/parts/pem.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud, pooledRsa } from '../support/cloud.ts';

it.each(['SYMMETRIC_DEFAULT', 'HMAC_384', 'ECC_NIST_P256'] as const)(
  'wraps material for %s so that KMS takes it, by each algorithm',
  async (KeySpec) => {
    const cloud = await openTestCloud(pooledRsa);
    const ada = kms(cloud);
    const usage = {
      SYMMETRIC_DEFAULT: 'ENCRYPT_DECRYPT',
      HMAC_384: 'GENERATE_VERIFY_MAC',
      ECC_NIST_P256: 'SIGN_VERIFY',
    } as const;
    const material = await makeMaterial(KeySpec);
    for (const WrappingAlgorithm of wrappingsFor(KeySpec)) {
      const { KeyMetadata } = await ada.createKey({ KeySpec, KeyUsage: usage[KeySpec], Origin: 'EXTERNAL' });
      const KeyId = KeyMetadata!.KeyId!;
      const { PublicKey, ImportToken } = await ada.getParametersForImport({
        KeyId,
        WrappingAlgorithm,
        WrappingKeySpec: 'RSA_2048',
      });
      await ada.importKeyMaterial({
        KeyId,
        ImportToken,
        EncryptedKeyMaterial: await wrapMaterial(WrappingAlgorithm, Uint8Array.from(PublicKey!), material),
        ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      });
      expect((await ada.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('Enabled');
    }
  },
);

it('reads private keys from PEM and DER, and other material from bytes and digits', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index);
  expect(readMaterial(new TextEncoder().encode(pemOf(bytes, 'PRIVATE KEY')), 'RSA_2048')).toEqual(bytes);
  expect(readMaterial(bytes, 'RSA_2048')).toEqual(bytes);
  expect(readMaterial(bytes, 'SYMMETRIC_DEFAULT')).toEqual(bytes);
  expect(readMaterial(new TextEncoder().encode('00ff'.repeat(16)), 'SYMMETRIC_DEFAULT')).toHaveLength(32);
});
