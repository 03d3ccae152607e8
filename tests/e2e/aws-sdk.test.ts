/**
 * The unmodified AWS SDK and AWS Encryption SDK in Chromium, against the engine and the module in their workers.
 * Their page stands on the origin of the built site, so it joins the cloud of that browser as a second tab does.
 */
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { test, type VisitOptions } from './harness.ts';

const path = '/sdk-page/';

type Visit = (path: string, options?: VisitOptions) => Promise<Page>;
const visitSdkPage = (visit: Visit) => visit(path, { site: inject('siteWithSdkUrl') });

describe('the AWS SDK in the browser', () => {
  test('create → alias → encrypt → decrypt → data key → sign → verify', async ({ visit }) => {
    const page = await visitSdkPage(visit);
    const seen = await page.evaluate(async () => {
      const kms = await globalThis.sdkPage.kms('Ada');
      const bytes = (text: string) => new TextEncoder().encode(text);
      const { KeyMetadata: key } = await kms.createKey({});
      await kms.createAlias({ AliasName: 'alias/browser', TargetKeyId: key?.KeyId });
      const EncryptionContext = { purpose: 'test' };
      const sealed = await kms.encrypt({
        KeyId: 'alias/browser',
        Plaintext: bytes('a secret'),
        EncryptionContext,
      });
      const opened = await kms.decrypt({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext });
      const dataKey = await kms.generateDataKey({ KeyId: key?.Arn, KeySpec: 'AES_256' });
      const unsealed = await kms.decrypt({ CiphertextBlob: dataKey.CiphertextBlob });
      const signer = await kms.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
      const terms = {
        KeyId: signer.KeyMetadata?.KeyId,
        Message: bytes('signed'),
        SigningAlgorithm: 'RSASSA_PSS_SHA_256',
      } as const;
      const { Signature } = await kms.sign(terms);
      const { SignatureValid } = await kms.verify({ ...terms, Signature });
      return {
        begins: btoa(String.fromCharCode(...(sealed.CiphertextBlob ?? []))).slice(0, 6),
        opened: new TextDecoder().decode(opened.Plaintext),
        dataKey: [dataKey.Plaintext?.join(), unsealed.Plaintext?.join()],
        SignatureValid,
      };
    });
    expect(seen).toMatchObject({ begins: 'AQICAH', opened: 'a secret', SignatureValid: true });
    expect(seen.dataKey[0]).toMatch(/^(\d+,){31}\d+$/);
    expect(seen.dataKey[1]).toBe(seen.dataKey[0]);
  });

  test('gets exceptions by class, and pages by its paginator', async ({ visit }) => {
    const page = await visitSdkPage(visit);
    const seen = await page.evaluate(async () => {
      const { sdk, kms } = globalThis.sdkPage;
      const [client, mallory] = [await kms('Ada'), await kms('Mallory')];
      const missing: unknown = await client
        .describeKey({ KeyId: 'alias/none' })
        .catch((error: unknown) => error);
      const denied: unknown = await mallory.createKey({}).catch((error: unknown) => error);
      for (let count = 0; count < 3; count++) await client.createKey({});
      const sizes: number[] = [];
      for await (const { Keys = [] } of sdk.paginateListKeys({ client, pageSize: 2 }, {}))
        sizes.push(Keys.length);
      return {
        missing: missing instanceof sdk.NotFoundException && missing.message,
        denied: denied instanceof sdk.KMSServiceException && denied.name,
        sizes,
      };
    });
    expect(seen).toEqual({
      missing: 'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.',
      denied: 'AccessDeniedException',
      sizes: [2, 1],
    });
  });

  test('what it made is there after a reload', async ({ visit }) => {
    const page = await visitSdkPage(visit);
    const blob = await page.evaluate(async () => {
      const kms = await globalThis.sdkPage.kms('Ada');
      const { KeyMetadata } = await kms.createKey({});
      const plaintext = new TextEncoder().encode('kept');
      const sealed = await kms.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext: plaintext });
      return [...(sealed.CiphertextBlob ?? [])];
    });
    await page.reload();
    const opened = await page.evaluate(async (CiphertextBlob) => {
      const kms = await globalThis.sdkPage.kms('Ada');
      const { Plaintext } = await kms.decrypt({ CiphertextBlob: new Uint8Array(CiphertextBlob) });
      return new TextDecoder().decode(Plaintext);
    }, blob);
    expect(opened).toBe('kept');
  });

  test('works in the cloud that the site itself runs, and its audit trail shows it', async ({ visit }) => {
    const site = await visit('/trail/', { site: inject('siteWithSdkUrl') });
    await expect
      .poll(() => site.workers().map((worker) => worker.url()))
      .toContainEqual(expect.stringContaining('/_app/immutable/workers/engine.worker'));
    const page = await site.context().newPage();
    await page.goto(inject('siteWithSdkUrl') + path);
    const alias = await page.evaluate(async () => {
      const kms = await globalThis.sdkPage.kms('Ada');
      const { KeyMetadata } = await kms.createKey({});
      await kms.createAlias({ AliasName: 'alias/from-the-sdk', TargetKeyId: KeyMetadata?.KeyId });
      const { Aliases } = await kms.listAliases({ KeyId: KeyMetadata?.KeyId });
      return Aliases?.[0]?.AliasName;
    });
    expect(alias).toBe('alias/from-the-sdk');
    // The engine that answered is the site's: this tab has none of its own.
    expect(page.workers()).toEqual([]);
    await site.reload();
    await site.getByText('CreateAlias').first().waitFor();
  });
});

describe('the AWS Encryption SDK in the browser', () => {
  test('encrypts with a KMS keyring and decrypts; an altered message is refused', async ({ visit }) => {
    const page = await visitSdkPage(visit);
    const seen = await page.evaluate(async () => {
      const { kms, encryptionSdk } = globalThis.sdkPage;
      const { buildClient, CommitmentPolicy, KmsKeyringBrowser } = encryptionSdk;
      const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
      const client = await kms('Ada');
      const { KeyMetadata } = await client.createKey({});
      type Keys = NonNullable<ConstructorParameters<typeof KmsKeyringBrowser>[0]>;
      const keyring = new KmsKeyringBrowser({
        clientProvider: (() => client) as NonNullable<Keys['clientProvider']>,
        generatorKeyId: KeyMetadata?.Arn ?? '',
      });
      const plaintext = new TextEncoder().encode('A message of some length. '.repeat(1000));
      const { result } = await encrypt(keyring, plaintext, { encryptionContext: { purpose: 'browser' } });
      const opened = await decrypt(keyring, result);
      const altered = result.slice();
      altered[altered.length - 1]! ^= 1;
      const refused = await decrypt(keyring, altered).then(
        () => false,
        () => true,
      );
      return {
        same: new TextDecoder().decode(opened.plaintext) === new TextDecoder().decode(plaintext),
        context: opened.messageHeader.encryptionContext['purpose'],
        refused,
      };
    });
    expect(seen).toEqual({ same: true, context: 'browser', refused: true });
  });
});
