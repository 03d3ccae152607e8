import { unshared, type Bytes } from './bytes.ts';
import { done, isRefusal, refused, type Workbench } from './command.ts';
import { signDigest, verifyDigest } from './digest-signature.ts';
import type { ExportedKeyToken, HsmResult, MessageType, Refusal, SigningAlgorithm } from './hsm.ts';
import { hashLength, rsaSigning, signatureSchemes } from './purposes.ts';
import {
  messageField,
  privateNumbersForgotten,
  signatureMatches,
  signatureRefused,
  signed,
  tokenOpened,
  tokenRefused,
} from './steps.ts';
import { unseal } from './unseal.ts';

/** The commands that sign and verify with RSA (RFC 8017 §8). In PSS the salt is as long as the hash. */

interface Message {
  algorithm: SigningAlgorithm;
  message: Uint8Array;
  messageType: MessageType;
}

/** @throws RangeError for a digest whose length is not that of the algorithm's hash */
export async function sign(
  bench: Workbench,
  command: Message & { token: ExportedKeyToken },
): Promise<HsmResult<{ signature: Uint8Array }>> {
  const make = command.messageType === 'DIGEST' ? signGivenDigest : signMessage;
  const signature = await make(bench, command);
  return isRefusal(signature) ? refused(bench, signature) : done(bench, { signature });
}

async function signMessage(
  bench: Workbench,
  { token, algorithm, message }: Message & { token: ExportedKeyToken },
): Promise<Bytes | Refusal> {
  const key = await unseal(bench, token, rsaSigning(algorithm));
  if (key === undefined) return 'TOKEN_REJECTED';
  const signature = new Uint8Array(
    await crypto.subtle.sign(signatureParameters(algorithm), key, unshared(message)),
  );
  bench.steps?.push(signed(algorithm, messageField(message, 'RAW'), signature));
  return signature;
}

async function signGivenDigest(
  bench: Workbench,
  { token, algorithm, message }: Message & { token: ExportedKeyToken },
): Promise<Bytes | Refusal> {
  const signature = await signDigest(bench, token, algorithm, message);
  if (signature === undefined) {
    bench.steps?.push(tokenRefused(token));
    return 'TOKEN_REJECTED';
  }
  bench.steps?.push(
    tokenOpened(token),
    signed(algorithm, messageField(message, 'DIGEST'), signature),
    privateNumbersForgotten(),
  );
  return signature;
}

/**
 * Verifies with a public key (DER SubjectPublicKeyInfo).
 * @throws RangeError for a digest whose length is not that of the algorithm's hash; DataError for bytes that
 *   are no RSA public key
 */
export async function verify(
  bench: Workbench,
  command: Message & { publicKey: Uint8Array; signature: Uint8Array },
): Promise<HsmResult<object>> {
  const { publicKey, algorithm, message, messageType, signature } = command;
  const valid =
    messageType === 'DIGEST'
      ? await verifyDigest(publicKey, algorithm, message, signature)
      : await verifyMessage(publicKey, algorithm, message, signature);
  const describe = valid ? signatureMatches : signatureRefused;
  bench.steps?.push(describe(algorithm, messageField(message, messageType), signature));
  return valid ? done(bench, {}) : refused(bench, 'SIGNATURE_REJECTED');
}

async function verifyMessage(
  publicKey: Uint8Array,
  algorithm: SigningAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const scheme = signatureSchemes[algorithm];
  const key = await crypto.subtle.importKey('spki', unshared(publicKey), scheme, false, ['verify']);
  const parameters = signatureParameters(algorithm);
  return crypto.subtle.verify(parameters, key, unshared(signature), unshared(message));
}

function signatureParameters(algorithm: SigningAlgorithm): Algorithm | RsaPssParams {
  const { name, hash } = signatureSchemes[algorithm];
  return name === 'RSA-PSS' ? { name, saltLength: hashLength[hash] } : { name };
}
