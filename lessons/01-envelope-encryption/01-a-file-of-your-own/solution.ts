import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { readLayout } from '../../../src/lib/envelope/format.ts';
import { openFile, sealFile } from '../../../src/lib/envelope/in-memory.ts';
import { importDataKey } from '../../../src/lib/envelope/stream.ts';
import type { Desk } from '../../../src/lib/lesson/desk.ts';

/** The lesson in code. Each region is shown beside its step, and is what the tests run. */

// #region short-secret
/** Who does the lesson in code: a KMS client for each principal, and a desk to put things on. */
export interface Learner {
  kms: KMSClient;
  mallory: KMSClient;
  desk: Desk;
}

export async function shortSecret({ kms, desk }: Learner) {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'My first envelope' }));
  await kms.send(
    new CreateAliasCommand({ AliasName: 'alias/envelope-lesson', TargetKeyId: KeyMetadata!.KeyId }),
  );

  const plaintext = new TextEncoder().encode('The spare key is under the third flowerpot.');
  for (let time = 1; time <= 2; time++) {
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({ KeyId: 'alias/envelope-lesson', Plaintext: plaintext }),
    );
    desk.secrets = [...desk.secrets, { plaintext, ciphertext: CiphertextBlob! }];
  }
}
// #endregion

// #region wall
export async function wall({ kms, desk }: Learner) {
  // One byte more than KMS takes.
  const start = new Uint8Array(await desk.file!.slice(0, 4097).arrayBuffer());
  try {
    await kms.send(new EncryptCommand({ KeyId: 'alias/envelope-lesson', Plaintext: start }));
  } catch (error) {
    if ((error as Error).name !== 'ValidationException') throw error;
    // Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096
  }
}
// #endregion

// #region two-forms
export async function twoForms({ kms, desk }: Learner) {
  const context = { purpose: 'envelope-lesson' };
  const { Plaintext, CiphertextBlob, KeyId } = await kms.send(
    new GenerateDataKeyCommand({
      KeyId: 'alias/envelope-lesson',
      KeySpec: 'AES_256',
      EncryptionContext: context,
    }),
  );
  desk.dataKey = {
    plaintext: Uint8Array.from(Plaintext!), // use it, then forget it
    encrypted: Uint8Array.from(CiphertextBlob!), // keep it beside the file
    context,
    keyArn: KeyId!,
  };
}
// #endregion

// #region seal
export async function seal({ desk }: Learner) {
  const { plaintext, encrypted, context, keyArn } = desk.dataKey!;

  // A handle that can be used, but not read. importDataKey overwrites the plaintext bytes with zeros.
  const key = await importDataKey(plaintext!);
  desk.envelope = await sealFile(key, desk.file!, {
    keyArn,
    encryptedDataKey: encrypted,
    encryptionContext: context,
  });

  desk.dataKey = { encrypted, context, keyArn }; // the plaintext form is gone
}
// #endregion

// #region come-back
export async function comeBack({ kms, desk }: Learner) {
  const { header } = await readLayout(desk.envelope!);
  const { Plaintext } = await kms.send(
    new DecryptCommand({
      CiphertextBlob: header.encryptedDataKey,
      EncryptionContext: header.encryptionContext,
      KeyId: header.keyArn, // not needed, but then no other key can answer
    }),
  );
  const key = await importDataKey(Uint8Array.from(Plaintext!));
  const { content } = await openFile(key, desk.envelope!);
  desk.opened = content;
}
// #endregion

// #region break-it
export async function breakIt({ kms, mallory, desk }: Learner) {
  const { header } = await readLayout(desk.envelope!);
  const right = {
    CiphertextBlob: header.encryptedDataKey,
    EncryptionContext: header.encryptionContext,
  };
  const refusedWith = async (name: string, client: KMSClient, input: typeof right) => {
    const error = await client.send(new DecryptCommand(input)).catch((reason: unknown) => reason);
    if (!(error instanceof Error) || error.name !== name) throw new Error(`Expected ${name}.`);
  };

  const wrong = { ...right, EncryptionContext: { purpose: 'something else' } };
  await refusedWith('InvalidCiphertextException', kms, wrong);

  const flipped = right.CiphertextBlob.slice();
  flipped[flipped.length - 1]! ^= 1;
  await refusedWith('InvalidCiphertextException', kms, { ...right, CiphertextBlob: flipped });

  await kms.send(new DisableKeyCommand({ KeyId: header.keyArn }));
  await refusedWith('DisabledException', kms, right);
  await kms.send(new EnableKeyCommand({ KeyId: header.keyArn }));

  await refusedWith('AccessDeniedException', mallory, right);
}
// #endregion

/** By step, in the order of the lesson. */
export const solution = {
  'short-secret': shortSecret,
  wall,
  'two-forms': twoForms,
  seal,
  'come-back': comeBack,
  'break-it': breakIt,
};
