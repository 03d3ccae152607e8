import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  type CreateKeyCommandInput,
  type GenerateDataKeyCommandInput,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { readLayout } from '../../../src/lib/envelope/format.ts';
import { openFile, sealFile } from '../../../src/lib/envelope/in-memory.ts';
import { importDataKey, type SealedWith } from '../../../src/lib/envelope/stream.ts';
import type { Mistake } from '../../../src/lib/lesson/model.ts';
import { scenario } from './scenario.ts';
import { solution, type Learner } from './solution.ts';

const { alias } = scenario;
const context = { purpose: 'envelope-lesson' };

/** Likely errors, each with the message that it must get: `id` is the one in `checks.ts`. */
export const mistakes: Mistake<Learner & { fileVault: KMSClient }>[] = [
  {
    step: 'short-secret',
    id: 'unnamed-key',
    commit: async ({ kms }) => {
      await createKey(kms, {});
    },
  },
  {
    step: 'short-secret',
    id: 'asymmetric-key',
    commit: ({ kms }) => namedKey(kms, alias, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }),
    repair: freeAlias,
  },
  {
    step: 'short-secret',
    id: 'different-secrets',
    async commit({ kms, desk }) {
      await namedKey(kms, alias);
      desk.secrets = [await encrypted(kms, alias, 'one'), await encrypted(kms, alias, 'two')];
    },
    repair: freeAlias,
  },
  {
    step: 'short-secret',
    id: 'different-keys',
    async commit({ kms, desk }) {
      await namedKey(kms, alias);
      await namedKey(kms, 'alias/another');
      desk.secrets = [await encrypted(kms, alias, 'one'), await encrypted(kms, 'alias/another', 'one')];
    },
    repair: freeAlias,
  },
  {
    step: 'wall',
    id: 'small-file',
    async commit({ kms, desk }) {
      desk.file = new File(['a shopping list'], 'list.txt');
      await encrypted(kms, alias, 'a shopping list');
    },
    async repair({ desk }) {
      desk.file = new File([new Uint8Array(5000)], 'photograph.png');
    },
  },
  {
    step: 'two-forms',
    id: 'one-form-only',
    async commit({ kms }) {
      await kms.send(
        new GenerateDataKeyWithoutPlaintextCommand({
          KeyId: alias,
          KeySpec: 'AES_256',
          EncryptionContext: context,
        }),
      );
    },
  },
  {
    step: 'two-forms',
    id: 'short-data-key',
    commit: (learner) =>
      takeDataKey(learner, { KeyId: alias, KeySpec: 'AES_128', EncryptionContext: context }),
  },
  {
    step: 'two-forms',
    id: 'no-context',
    commit: (learner) => takeDataKey(learner, { KeyId: alias, KeySpec: 'AES_256' }),
  },
  {
    step: 'two-forms',
    id: 'data-key-of-another-key',
    async commit(learner) {
      await namedKey(learner.kms, 'alias/another');
      await takeDataKey(learner, {
        KeyId: 'alias/another',
        KeySpec: 'AES_256',
        EncryptionContext: context,
      });
    },
  },
  {
    step: 'seal',
    id: 'plaintext-key-in-envelope',
    commit: ({ desk }) => sealWith(desk, { encryptedDataKey: desk.dataKey!.plaintext!.slice() }),
    repair: (learner) => solution['two-forms'](learner),
  },
  {
    step: 'seal',
    id: 'another-keys-data-key',
    async commit(learner) {
      await namedKey(learner.kms, 'alias/another');
      await takeDataKey(learner, {
        KeyId: 'alias/another',
        KeySpec: 'AES_256',
        EncryptionContext: context,
      });
      await sealWith(learner.desk, {});
    },
    repair: (learner) => solution['two-forms'](learner),
  },
  {
    step: 'seal',
    id: 'changed-context',
    commit: ({ desk }) => sealWith(desk, { encryptionContext: { purpose: 'Envelope-Lesson' } }),
    repair: (learner) => solution['two-forms'](learner),
  },
  {
    step: 'seal',
    id: 'not-an-envelope',
    async commit({ desk }) {
      await sealWith(desk, {});
      desk.envelope = desk.envelope!.slice(0, -1);
    },
    repair: (learner) => solution['two-forms'](learner),
  },
  {
    step: 'seal',
    id: 'key-still-held',
    async commit({ desk }) {
      const dataKey = { ...desk.dataKey!, plaintext: desk.dataKey!.plaintext!.slice() };
      await sealWith(desk, {});
      desk.dataKey = dataKey;
    },
  },
  {
    step: 'come-back',
    id: 'opened-without-kms',
    async commit({ kms, desk }) {
      // The whole way once more, but with a second copy of the plaintext key kept back.
      await solution['two-forms']({ kms, mallory: kms, desk });
      const copy = desk.dataKey!.plaintext!.slice();
      await solution.seal({ kms, mallory: kms, desk });
      desk.opened = (await openFile(await importDataKey(copy), desk.envelope!)).content;
    },
  },
  {
    step: 'come-back',
    id: 'not-the-same-context',
    commit: (learner) => decrypt(learner.kms, learner, { purpose: 'envelope lesson' }),
  },
  {
    step: 'come-back',
    id: 'not-allowed',
    commit: (learner) => decrypt(learner.mallory, learner),
  },
  {
    step: 'break-it',
    id: 'disabled-but-untried',
    commit: async ({ kms, desk }) => {
      await kms.send(new DisableKeyCommand(await keyOf(desk)));
    },
    repair: enableKey,
  },
  {
    step: 'break-it',
    id: 'left-disabled',
    async commit(learner) {
      await learner.kms.send(new DisableKeyCommand(await keyOf(learner.desk)));
      await decrypt(learner.kms, learner);
    },
    repair: enableKey,
  },
  {
    step: 'break-it',
    id: 'somebody-allowed',
    commit: (learner) => decrypt(learner.fileVault, learner),
  },
];

async function createKey(kms: KMSClient, input: CreateKeyCommandInput): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  return KeyMetadata!.KeyId!;
}

async function namedKey(kms: KMSClient, name: string, input: CreateKeyCommandInput = {}): Promise<void> {
  await kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: await createKey(kms, input) }));
}

async function encrypted(kms: KMSClient, key: string, secret: string) {
  const plaintext = new TextEncoder().encode(secret);
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: key, Plaintext: plaintext }));
  return { plaintext, ciphertext: CiphertextBlob! };
}

async function takeDataKey({ kms, desk }: Learner, input: GenerateDataKeyCommandInput): Promise<void> {
  const reply = await kms.send(new GenerateDataKeyCommand(input));
  desk.dataKey = {
    plaintext: Uint8Array.from(reply.Plaintext!),
    encrypted: Uint8Array.from(reply.CiphertextBlob!),
    context: input.EncryptionContext ?? {},
    keyArn: reply.KeyId!,
  };
}

/** Seals the file as the lesson wants it but for `changes`, and forgets the plaintext key. */
async function sealWith(desk: Learner['desk'], changes: Partial<SealedWith>): Promise<void> {
  const { plaintext, encrypted: encryptedDataKey, context: encryptionContext, keyArn } = desk.dataKey!;
  const key = await importDataKey(plaintext!);
  desk.envelope = await sealFile(key, desk.file!, {
    keyArn,
    encryptedDataKey,
    encryptionContext,
    ...changes,
  });
  desk.dataKey = { encrypted: encryptedDataKey, context: encryptionContext, keyArn };
}

/** Sends the envelope's data key to Decrypt, whatever comes of it. */
async function decrypt(
  kms: KMSClient,
  { desk }: Learner,
  otherContext?: Record<string, string>,
): Promise<void> {
  const { header } = await readLayout(desk.envelope!);
  await kms
    .send(
      new DecryptCommand({
        CiphertextBlob: header.encryptedDataKey,
        EncryptionContext: otherContext ?? header.encryptionContext,
      }),
    )
    .catch(() => undefined);
}

/** The envelope's own KMS key: DisableKey and EnableKey take no alias. */
async function keyOf(desk: Learner['desk']): Promise<{ KeyId: string }> {
  return { KeyId: (await readLayout(desk.envelope!)).header.keyArn };
}

async function enableKey({ kms, desk }: Learner): Promise<void> {
  await kms.send(new EnableKeyCommand(await keyOf(desk)));
}

async function freeAlias({ kms }: Learner): Promise<void> {
  await kms.send(new DeleteAliasCommand({ AliasName: alias }));
}
