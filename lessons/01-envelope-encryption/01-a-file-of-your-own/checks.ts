import type { KeyMetadata } from '@aws-sdk/client-kms';
import { parseCiphertextBlob } from '../../../src/engine/hsm/ciphertext-blob.ts';
import { EnvelopeError } from '../../../src/lib/envelope/errors.ts';
import { readLayout, type EnvelopeHeader } from '../../../src/lib/envelope/format.ts';
import {
  contextOf,
  isAbout,
  materialOf,
  principalName,
  sameContext,
  succeeded,
  type Inspector,
} from '../../../src/lib/lesson/inspector.ts';
import { done, mistake, notYet, type Check, type Checks, type Scene } from '../../../src/lib/lesson/model.ts';
import { scenario } from './scenario.ts';

const { alias, learner } = scenario;
const noKey = notYet(`No key answers to ${alias} yet. Do the first step first.`);

const theKey = (cloud: Inspector): Promise<KeyMetadata | undefined> => cloud.keyOf(alias);

const hasKey: Check = {
  id: 'key',
  title: `A symmetric KMS key answers to ${alias}`,
  async look({ cloud }) {
    const key = await theKey(cloud);
    if (key?.KeySpec === 'SYMMETRIC_DEFAULT') return done;
    if (key) {
      return mistake(
        'asymmetric-key',
        `${alias} names an ${key.KeySpec} key. An RSA key can encrypt a short secret, but it cannot make data keys. Delete the alias, and create a key with KeySpec SYMMETRIC_DEFAULT for it.`,
      );
    }
    const named = new Set((await cloud.aliases()).map(({ TargetKeyId }) => TargetKeyId));
    const made = (await cloud.events('CreateKey')).flatMap(({ resources = [] }) => resources);
    if (made.some(({ ARN }) => !named.has(ARN.split('/')[1]))) {
      return mistake(
        'unnamed-key',
        `You have made a key, but it has no name. Give it ${alias} with CreateAlias: programs should know a key by an alias, so that the key behind it can change.`,
      );
    }
    return notYet(`There is no key called ${alias} yet.`);
  },
};

const twoCiphertexts: Check = {
  id: 'two-ciphertexts',
  title: 'One secret, encrypted twice, gives two different ciphertexts',
  async look({ cloud, desk }) {
    const key = await theKey(cloud);
    if (!key) return notYet('First create the key.');
    const [one, other] = desk.secrets.slice(-2);
    if (!one) return notYet('Encrypt a short secret.');
    if (!other) return notYet('Encrypt the same secret once more, and compare.');
    if (!sameBytes(one.plaintext, other.plaintext)) {
      return mistake(
        'different-secrets',
        'These are two different secrets, so of course their ciphertexts differ. Encrypt the very same secret twice: that is the surprise.',
      );
    }
    const used = (await cloud.events('Encrypt')).filter(
      (event) => succeeded(event) && isAbout(event, key.Arn),
    );
    const materials = new Set(used.map(materialOf));
    if (![one, other].every(({ ciphertext }) => materials.has(materialIn(ciphertext)))) {
      return mistake(
        'different-keys',
        `At least one of these ciphertexts was made under another key than ${alias}. The key’s id stands in the blob itself. Encrypt both under the same key.`,
      );
    }
    if (used.length < 2) return notYet('The audit trail shows one Encrypt under this key. Do it again.');
    return done;
  },
};

const wall: Check = {
  id: 'wall',
  title: 'KMS has refused to encrypt more than 4,096 bytes',
  async look({ cloud, desk }) {
    const attempts = await cloud.events('Encrypt');
    const refused = attempts.some(
      ({ errorCode, errorMessage = '' }) =>
        errorCode === 'ValidationException' && /'plaintext'.*4096/.test(errorMessage),
    );
    if (refused) return done;
    if (!desk.file) return notYet('Choose a file, and try to encrypt it with Encrypt.');
    if (desk.file.size <= 4096 && attempts.length > desk.secrets.length) {
      return mistake(
        'small-file',
        `Your file has only ${desk.file.size} bytes, so Encrypt took it whole. Take a larger one: a photo, a song, a PDF.`,
      );
    }
    return notYet('Send KMS more than 4,096 bytes of the file, and see what it says.');
  },
};

const dataKey: Check = {
  id: 'data-key',
  title: 'You hold one data key in two forms, bound to an encryption context',
  async look({ cloud, desk }) {
    const key = await theKey(cloud);
    if (!key) return noKey;
    const made = (await cloud.events('GenerateDataKey')).filter(succeeded);
    const event = made.find((each) => isAbout(each, key.Arn));
    if (!event) {
      if (made.length > 0) {
        return mistake(
          'data-key-of-another-key',
          `You have a data key, but it is encrypted under another KMS key. Ask for one under ${alias}.`,
        );
      }
      const without = await cloud.events('GenerateDataKeyWithoutPlaintext');
      if (without.some((each) => succeeded(each) && isAbout(each, key.Arn))) {
        return mistake(
          'one-form-only',
          'GenerateDataKeyWithoutPlaintext gives the encrypted form alone: good for a key that somebody else will use later. To encrypt now you need both forms. Call GenerateDataKey.',
        );
      }
      return notYet('Ask KMS for a data key with GenerateDataKey.');
    }
    const { keySpec, numberOfBytes } = event.requestParameters ?? {};
    if (keySpec !== 'AES_256' && numberOfBytes !== 32) {
      return mistake(
        'short-data-key',
        'This data key is not 256 bits long, and the envelope is sealed with AES-256. Ask for KeySpec AES_256.',
      );
    }
    const context = contextOf(event) ?? {};
    if (Object.keys(context).length === 0) {
      return mistake(
        'no-context',
        'Your data key has no encryption context. It would work, but say what the key is for, such as purpose = envelope-lesson: the pair is bound to the key, and the audit trail shows it.',
      );
    }
    const held = desk.dataKey;
    if (!held || materialIn(held.encrypted) !== materialOf(event) || !sameContext(held.context, context)) {
      return notYet('The data key that KMS made last is not on your desk. Ask for a new one.');
    }
    return done;
  },
};

const sealed: Check = {
  id: 'sealed',
  title: 'The file is encrypted, with the encrypted data key beside it',
  async look(scene) {
    const key = await theKey(scene.cloud);
    if (!key) return noKey;
    const header = await headerOf(scene);
    if (!header) return notYet('Seal the file with your data key.');
    if (header instanceof EnvelopeError) return mistake('not-an-envelope', header.message);
    const material = materialIn(header.encryptedDataKey);
    if (material === undefined) {
      return mistake(
        'plaintext-key-in-envelope',
        'The bytes beside the file are no KMS ciphertext: you have put the plaintext data key into the envelope. Whoever finds it opens it, without asking KMS. That is a safe with its key taped to the door. Seal again, with the encrypted form beside the file.',
      );
    }
    const made = (await scene.cloud.events('GenerateDataKey')).filter(
      (event) => succeeded(event) && isAbout(event, key.Arn),
    );
    const withMaterial = made.filter((event) => materialOf(event) === material);
    if (withMaterial.length === 0) {
      return mistake(
        'another-keys-data-key',
        `The encrypted data key in this envelope belongs to another KMS key than ${alias}. Seal the file with the data key of the last step.`,
      );
    }
    if (!withMaterial.some((event) => sameContext(contextOf(event) ?? {}, header.encryptionContext))) {
      return mistake(
        'changed-context',
        'The envelope notes another encryption context than the one the data key was made with. KMS would refuse to decrypt the key with it. Note the very same pairs.',
      );
    }
    return done;
  },
};

const forgotten: Check = {
  id: 'forgotten',
  title: 'The plaintext data key is forgotten',
  async look({ desk }) {
    if (!desk.envelope) return notYet('First seal the file; then the plaintext key has done its work.');
    if (desk.dataKey?.plaintext) {
      return mistake(
        'key-still-held',
        'The file is sealed, but the plaintext data key still lies in this page’s memory. Forget it. The encrypted form beside the file is all you need to keep.',
      );
    }
    return done;
  },
};

const cameBack: Check = {
  id: 'came-back',
  title: 'KMS has decrypted the data key, and the envelope is open',
  async look(scene) {
    const { cloud, desk } = scene;
    const key = await theKey(cloud);
    if (!key) return noKey;
    const header = await headerOf(scene);
    if (!header || header instanceof EnvelopeError)
      return notYet('Bring the envelope: the one you kept, or its file.');
    const attempts = await cloud.events('Decrypt');
    const decrypted = attempts.some(
      (event) =>
        succeeded(event) &&
        isAbout(event, key.Arn) &&
        materialOf(event) === materialIn(header.encryptedDataKey) &&
        sameContext(contextOf(event) ?? {}, header.encryptionContext),
    );
    if (decrypted) {
      if (!desk.opened) return notYet('You have the data key again. Now open the envelope with it.');
      return desk.opened.size === header.size
        ? done
        : notYet('That came out of another envelope. Open this one.');
    }
    if (desk.opened) {
      return mistake(
        'opened-without-kms',
        'You opened the envelope with a plaintext data key that you still had: the audit trail shows no Decrypt. So nobody was asked whether you may, and nobody could have said no. Forget that key, and ask KMS for it.',
      );
    }
    const last = attempts[0];
    if (last?.errorCode === 'AccessDenied') {
      return mistake(
        'not-allowed',
        `KMS refused ${principalName(last)}, who may not use this key. The envelope is no help to her; who you are decides. Decrypt as ${learner}.`,
      );
    }
    if (last?.errorCode === 'InvalidCiphertextException') {
      return mistake(
        'not-the-same-context',
        'InvalidCiphertextException: KMS opens a data key only with the encryption context that it was made with, pair for pair. The right one stands in the envelope’s header.',
      );
    }
    return notYet('Send the encrypted data key to KMS with Decrypt.');
  },
};

const wrongContext: Check = {
  id: 'wrong-context',
  title: 'A wrong encryption context was refused',
  async look({ cloud }) {
    const contexts = await rightContexts(cloud);
    const refused = (await cloud.events('Decrypt')).some(
      (event) =>
        event.errorCode === 'InvalidCiphertextException' && !hasRightContext(contextOf(event), contexts),
    );
    return refused
      ? done
      : notYet('Change one letter of the encryption context, and ask KMS to decrypt the data key.');
  },
};

const flippedBit: Check = {
  id: 'flipped-bit',
  title: 'A data key with one flipped bit was refused',
  async look({ cloud }) {
    const contexts = await rightContexts(cloud);
    const refused = (await cloud.events('Decrypt')).some(
      (event) =>
        (event.errorCode === 'InvalidCiphertextException' && hasRightContext(contextOf(event), contexts)) ||
        // A flip in the key's own id: the blob then names a key that there is none of.
        event.errorMessage?.startsWith('The ciphertext refers to a customer master key that does not exist'),
    );
    return refused
      ? done
      : notYet('Flip one bit of the encrypted data key, leave the context right, and send it to Decrypt.');
  },
};

const disabledKey: Check = {
  id: 'disabled-key',
  title: 'A disabled key was of no use, and is enabled again',
  async look({ cloud }) {
    const key = await theKey(cloud);
    if (!key) return noKey;
    const refused = (await cloud.events('Decrypt')).some(
      (event) => event.errorCode === 'DisabledException' && isAbout(event, key.Arn),
    );
    if (refused && key.Enabled) return done;
    if (refused) {
      return mistake(
        'left-disabled',
        'The key is still disabled, and so every envelope under it stays shut, all of them at once. Enable it again.',
      );
    }
    if (!key.Enabled) {
      return mistake(
        'disabled-but-untried',
        'The key is disabled, but nobody has noticed yet. Ask KMS to decrypt the data key now.',
      );
    }
    return notYet('Disable the key, try to decrypt, and enable it again.');
  },
};

const otherPrincipal: Check = {
  id: 'other-principal',
  title: 'Somebody without permission was refused',
  async look({ cloud }) {
    const key = await theKey(cloud);
    if (!key) return noKey;
    const attempts = (await cloud.events('Decrypt')).filter((event) => isAbout(event, key.Arn));
    if (attempts.some((event) => event.errorCode === 'AccessDenied')) return done;
    const allowed = attempts.find((event) => succeeded(event) && principalName(event) !== learner);
    if (allowed) {
      return mistake(
        'somebody-allowed',
        `${principalName(allowed)} may use this key: an identity policy allows kms:Decrypt. Try as Mallory, whom no policy allows anything.`,
      );
    }
    return notYet('Ask KMS to decrypt the data key as Mallory.');
  },
};

/** What each step must have made true. */
export const checks = {
  'short-secret': [hasKey, twoCiphertexts],
  wall: [wall],
  'two-forms': [dataKey],
  seal: [sealed, forgotten],
  'come-back': [cameBack],
  'break-it': [wrongContext, flippedBit, disabledKey, otherPrincipal],
} satisfies Checks;

export type StepId = keyof typeof checks;

async function headerOf({ desk }: Scene): Promise<EnvelopeHeader | EnvelopeError | undefined> {
  if (!desk.envelope) return undefined;
  try {
    return (await readLayout(desk.envelope)).header;
  } catch (error) {
    if (error instanceof EnvelopeError) return error;
    throw error;
  }
}

/** The encryption contexts of all data keys made under the lesson's key. */
async function rightContexts(cloud: Inspector): Promise<Record<string, string>[]> {
  const key = await theKey(cloud);
  const made = await cloud.events('GenerateDataKey');
  return made
    .filter((event) => succeeded(event) && isAbout(event, key?.Arn))
    .map((event) => contextOf(event) ?? {});
}

function hasRightContext(
  context: Record<string, string> | undefined,
  rightOnes: Record<string, string>[],
): boolean {
  return context !== undefined && rightOnes.some((right) => sameContext(right, context));
}

function materialIn(ciphertext: Uint8Array): string | undefined {
  return parseCiphertextBlob(ciphertext)?.materialId;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
