import { systemRandomness } from '../../clock/randomness.ts';
import type { Bytes } from '../bytes.ts';
import { backupKey, saltLength } from './backup-key.ts';
import { BackupRefused } from './refusal.ts';

/**
 * The file of a backup: a header in clear, and the contents by AES-256-GCM under a key that follows from a passphrase
 * (`backup-key.ts`; with a salt of its own, so that it is not the key of what is in it). The header is the additional
 * authenticated data, so that no byte of the file can be changed.
 *
 * | Bytes | What                            |
 * | ----- | ------------------------------- |
 * | 8     | `GLASSKMS`                      |
 * | 1     | version, 1                      |
 * | 4     | rounds of PBKDF2, big-endian    |
 * | 16    | salt                            |
 * | 12    | nonce                           |
 * | …     | ciphertext, and its 16-byte tag |
 */
const magic = new TextEncoder().encode('GLASSKMS');
const version = 1;
const lengths = { rounds: 4, salt: saltLength, nonce: 12, tag: 16 };
const roundsAt = magic.length + 1;
const saltAt = roundsAt + lengths.rounds;
const nonceAt = saltAt + lengths.salt;
export const headerLength = nonceAt + lengths.nonce;

/** Longer ones are not read: a browser's memory would not hold what is in them. */
export const longestFile = 256 * 1024 * 1024;

/** More than a fast machine does in ten seconds is no backup of ours. */
const mostRounds = 20_000_000;

export async function sealFile(contents: Bytes, passphrase: string, rounds: number): Promise<Bytes> {
  const header = new Uint8Array(headerLength);
  header.set(magic);
  header[magic.length] = version;
  new DataView(header.buffer).setUint32(roundsAt, rounds);
  header.set(systemRandomness.bytes(lengths.salt), saltAt);
  header.set(systemRandomness.bytes(lengths.nonce), nonceAt);
  const key = await backupKey(passphrase, saltIn(header), rounds, 'encrypt');
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithmOf(header), key, contents));
  const file = new Uint8Array(headerLength + sealed.length);
  file.set(header);
  file.set(sealed, headerLength);
  return file;
}

/** @throws BackupRefused */
export async function openFile(file: Uint8Array, passphrase: string): Promise<Bytes> {
  if (file.length > longestFile) throw new BackupRefused('The file is too large to be a backup.');
  if (!magic.every((byte, index) => file[index] === byte)) {
    throw new BackupRefused('This is not a backup of a Glass KMS cloud.');
  }
  if (file[magic.length] !== version) {
    throw new BackupRefused('The backup is of another version, which this site cannot read.');
  }
  if (file.length < headerLength + lengths.tag) throw new BackupRefused('The end of the backup is missing.');
  const header = new Uint8Array(file.subarray(0, headerLength));
  const rounds = roundsIn(header);
  if (rounds < 1 || rounds > mostRounds) throw new BackupRefused('The header of the backup is damaged.');
  const key = await backupKey(passphrase, saltIn(header), rounds, 'decrypt');
  try {
    const sealed = new Uint8Array(file.subarray(headerLength));
    return new Uint8Array(await crypto.subtle.decrypt(algorithmOf(header), key, sealed));
  } catch {
    // Which of the two it is cannot be told, and must not be.
    throw new BackupRefused('The backup does not open: the passphrase is another, or the file was changed.');
  }
}

function saltIn(header: Bytes): Bytes {
  return header.subarray(saltAt, nonceAt);
}

function roundsIn(header: Bytes): number {
  return new DataView(header.buffer).getUint32(roundsAt);
}

function algorithmOf(header: Bytes): AesGcmParams {
  return { name: 'AES-GCM', iv: header.subarray(nonceAt, headerLength), additionalData: header };
}
