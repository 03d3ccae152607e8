import { glimpse } from '../trace/glimpse.ts';
import type { Field, Step } from '../trace/trace.ts';
import type { CiphertextBlob } from './ciphertext-blob.ts';
import { tagLength, type BlobCipher } from './ciphertext-blob-layout.ts';
import type { ExportedKeyToken } from './hsm.ts';
import { labels } from './kdf.ts';
import { tokenAad } from './key-token.ts';

/**
 * What the module says of its work to the glass. A step names each thing that was read or made; of keys and
 * plaintext it gives kind and length only, of sealed keys a glimpse.
 */

/** A step that was done. */
export function step(title: string, read: Field[], made: Field[] = []): Step {
  return { station: 'hsm', title, fields: [...read, ...made], outcome: 'ok' };
}

/** The last step of a command that ends here. */
export function wall(title: string, read: Field[]): Step {
  return { station: 'hsm', title, fields: read, outcome: 'refused' };
}

/** A field that the step read. */
export function read(name: string, value: Field['value']): Field {
  return { name, value, direction: 'in' };
}

/** A field that the step made. */
export function made(name: string, value: Field['value']): Field {
  return { name, value, direction: 'out' };
}

function tokenFields(token: ExportedKeyToken): Field[] {
  return [
    read('Domain key', token.domainKeyId),
    read('Exported key token', glimpse(token.sealed)),
    read('IV', token.iv),
    read('AAD', new TextDecoder().decode(tokenAad(token))),
  ];
}

export function backingKeyMade({ materialId, spec, keyArn }: ExportedKeyToken): Step {
  return step(
    'The module makes a backing key.',
    [read('Key spec', spec), read('KMS key', keyArn)],
    [made('Key material id', materialId)],
  );
}

export function tokenSealed(token: ExportedKeyToken): Step {
  return step(
    'The domain key seals the backing key into a token.',
    [
      read('Algorithm', 'AES-256-GCM key wrapping'),
      read('Domain key', token.domainKeyId),
      read('AAD', new TextDecoder().decode(tokenAad(token))),
    ],
    [made('IV', token.iv), made('Exported key token', glimpse(token.sealed))],
  );
}

export function tokenOpened(token: ExportedKeyToken): Step {
  return step('The domain key opens the exported key token.', tokenFields(token), [
    made('Backing key', `${token.spec}, ${token.materialId}, not extractable`),
  ]);
}

export function tokenRemembered(token: ExportedKeyToken): Step {
  return step('The backing key is in module memory already.', [
    read('Backing key', `${token.spec}, ${token.materialId}, not extractable`),
  ]);
}

/** The same for a key that is lent (`lent-key.ts`). */
export function tokenLent(token: ExportedKeyToken): Step {
  return step('The domain key opens the exported key token.', tokenFields(token), [
    made('Backing key', `${token.spec}, ${token.materialId}, extractable for this call`),
  ]);
}

export function lentKeyForgotten(): Step {
  return step('The key, lent for this call, is forgotten.', []);
}

export function tokenRefused(token: ExportedKeyToken): Step {
  return wall('The exported key token does not open.', tokenFields(token));
}

export function perCallKeyDerived(nonce: Uint8Array, cipher: BlobCipher): Step {
  return step(
    'A key for this call alone is derived from the backing key.',
    [
      read('Function', 'SP 800-108 counter mode, HMAC-SHA-256'),
      read('Label', labels.perCallKey),
      read('Nonce', nonce),
    ],
    [made('Per-call key', cipher === 'AES-256-GCM' ? `${cipher}, not extractable` : cipher)],
  );
}

export function perCallKeyForgotten(): Step {
  return step('The per-call key is forgotten.', []);
}

export function plaintextSealed(
  sealing: {
    cipher: BlobCipher;
    plaintextLength: number;
    iv: Uint8Array;
    context: string;
    aad: Uint8Array;
  },
  blob: Uint8Array,
): Step {
  return step(
    `${sealing.cipher} seals the plaintext.`,
    [
      read('Plaintext length', sealing.plaintextLength),
      read('IV', sealing.iv),
      read('Encryption context', sealing.context),
      read('AAD', sealing.aad),
    ],
    [
      made('Tag', blob.subarray(-tagLength)),
      { name: 'Ciphertext blob', value: blob, direction: 'out', layout: 'ciphertext-blob' },
    ],
  );
}

function openingFields({ iv, content }: CiphertextBlob, context: string, aad: Uint8Array): Field[] {
  return [
    read('IV', iv),
    read('Ciphertext', content.subarray(0, -tagLength)),
    read('Tag', content.subarray(-tagLength)),
    read('Encryption context', context),
    read('AAD', aad),
  ];
}

export function blobRead(blob: Uint8Array, { materialId, nonce, iv }: CiphertextBlob): Step {
  return step(
    'The ciphertext blob is taken apart.',
    [{ name: 'Ciphertext blob', value: blob, direction: 'in', layout: 'ciphertext-blob' }],
    [made('Key material id', materialId), made('Nonce', nonce), made('IV', iv)],
  );
}

export function blobRefused(blob: Uint8Array, token: ExportedKeyToken): Step {
  return wall('The bytes are no ciphertext blob of this backing key.', [
    { name: 'Ciphertext blob', value: blob, direction: 'in', layout: 'ciphertext-blob' },
    read('Key material id', token.materialId),
  ]);
}

export function plaintextOpened(
  blob: CiphertextBlob,
  context: string,
  aad: Uint8Array,
  plaintextLength: number,
): Step {
  return step(`The tag matches and ${blob.cipher} opens the ciphertext.`, openingFields(blob, context, aad), [
    made('Plaintext length', plaintextLength),
  ]);
}

export function tagRefused(blob: CiphertextBlob, context: string, aad: Uint8Array): Step {
  return wall('The ciphertext does not authenticate.', openingFields(blob, context, aad));
}

export function randomDrawn(what: string, length: number): Step {
  return step(`The module draws ${what}.`, [], [made('Length', length)]);
}

export function pairMade(spec: string, publicKey: Uint8Array): Step {
  return step(
    'The module makes a data key pair.',
    [read('Key pair spec', spec)],
    [made('Public key', publicKey)],
  );
}
