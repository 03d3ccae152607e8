/** AWS JSON 1.1 as the page's own client speaks it: blobs are base64, times are seconds since the Unix epoch. */
import { fromBase64, toBase64 } from '$lib/envelope/base64.ts';

/** Members of KMS replies that are blobs (AWS KMS service model, shapes of type `blob`). */
const blobs = new Set([
  'CiphertextBlob',
  'CiphertextForRecipient',
  'ImportToken',
  'Mac',
  'Plaintext',
  'PrivateKeyCiphertextBlob',
  'PrivateKeyPlaintext',
  'PublicKey',
  'SharedSecret',
  'SharedSecretCiphertextBlob',
  'Signature',
]);

/** Members of KMS and CloudTrail replies that are times (shapes of type `timestamp`). */
const times = new Set([
  'CreationDate',
  'DeletionDate',
  'EventTime',
  'KeyCreationDate',
  'LastUpdatedDate',
  'NextRotationDate',
  'OnDemandRotationStartDate',
  'ParametersValidTo',
  'RotationDate',
  'Timestamp',
  'TrackingStartDate',
  'ValidTo',
]);

/** Maps whose names and values are the caller's own, so a name in them says nothing about the type. */
const freeMaps = new Set(['EncryptionContextEquals', 'EncryptionContextSubset']);

/** The JSON text of an operation's input. */
export function toAwsJson(input: object): string {
  return JSON.stringify(toPlain(input));
}

function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return toBase64(value);
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member)]));
}

/**
 * The members of a reply, with blobs as bytes and times as `Date`.
 * @throws SyntaxError for text that is not JSON
 */
export function fromAwsJson(text: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
  if (typeof parsed !== 'object' || parsed === null) throw new SyntaxError('The reply is not a JSON object');
  return membersOf(parsed);
}

function membersOf(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, memberOf(name, value)]));
}

function memberOf(name: string, value: unknown): unknown {
  if (typeof value === 'string' && blobs.has(name)) return fromBase64(value) ?? value;
  if (typeof value === 'number' && times.has(name)) return new Date(value * 1000);
  if (Array.isArray(value)) return value.map((item: unknown) => memberOf(name, item));
  if (typeof value === 'object' && value !== null && !freeMaps.has(name)) return membersOf(value);
  return value;
}
