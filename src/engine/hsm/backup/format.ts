import * as v from 'valibot';
import { utf8Bytes, type Bytes } from '../bytes.ts';

/**
 * A backup of the modules: which domains there are, and their domain keys, each wrapped by AES-256-GCM under a key that
 * follows from a passphrase. What it says in clear is the additional authenticated data of every one of them, so that
 * no byte of it can be changed, and no key left out. JSON in UTF-8; bytes are hex digits.
 */

const hex = v.pipe(v.string(), v.regex(/^(?:[\da-f]{2})*$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const contentsSchema = v.strictObject({
  version: v.literal(1),
  /** The module that it was made by. */
  moduleId: v.string(),
  seed: v.exactOptional(v.string()),
  /** How often that module had been started: a seeded one draws other random numbers each time. */
  starts: count,
  made: v.number(),
  domains: v.array(
    v.strictObject({
      region: v.string(),
      keys: v.pipe(
        v.array(
          v.strictObject({
            id: v.string(),
            created: v.number(),
            state: v.picklist(['active', 'deactivated']),
          }),
        ),
        v.check((keys) => keys.filter(({ state }) => state === 'active').length === 1),
      ),
    }),
  ),
});

const backupSchema = v.strictObject({
  contents: contentsSchema,
  salt: hex,
  /** No more than a fast machine does in some ten seconds. */
  iterations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000_000)),
  /** In the order in which `contents` names the keys. */
  wrapped: v.array(v.strictObject({ iv: hex, key: hex })),
});

export type BackupContents = v.InferOutput<typeof contentsSchema>;
export type WrittenBackup = v.InferOutput<typeof backupSchema>;

export function backupBytes(backup: WrittenBackup): Bytes {
  return utf8Bytes(JSON.stringify(backup));
}

/** `undefined`: the bytes are no backup, or of another version. Says nothing about who made it. */
export function backupIn(bytes: Uint8Array): WrittenBackup | undefined {
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return v.parse(backupSchema, JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** What the seal of one domain key is bound to: all that the backup says, and which key it is. */
export function keyStatement(contents: BackupContents, domainKeyId: string): Bytes {
  return utf8Bytes(JSON.stringify(['GlassKMS backed-up domain key', contents, domainKeyId]));
}
