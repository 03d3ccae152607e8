import { unshared, type Bytes } from './bytes.ts';
import { done, isRefusal, refused, type Workbench } from './command.ts';
import { forRecipient } from './for-recipient.ts';
import type {
  BackingKeySpec,
  ExportedKeyToken,
  ForRecipient,
  HsmResult,
  NistCurveSpec,
  RecipientOutput,
  Refusal,
} from './hsm.ts';
import { lendKey } from './lent-key.ts';
import { keyFormats } from './material/key-formats.ts';
import { publicKeyIn } from './material/public-key.ts';
import { otherKeyRefused, secretAgreed } from './public-key-steps.ts';
import { bareKey, keyAgreement, namedCurves } from './purposes.ts';
import { tokenRefused } from './steps.ts';
import { unseal } from './unseal.ts';

interface Agreement {
  token: ExportedKeyToken;
  /** The other side's, DER SubjectPublicKeyInfo. */
  publicKey: Uint8Array;
}

/** ECDH (SP 800-56A Rev. 3, §5.7.1.2): the x coordinate, as long as the field's numbers. */
export async function deriveSharedSecret(
  bench: Workbench,
  command: Agreement & ForRecipient,
): Promise<HsmResult<{ sharedSecret?: Uint8Array } & RecipientOutput>> {
  const sharedSecret = await agree(bench, command);
  if (isRefusal(sharedSecret)) return refused(bench, sharedSecret);
  return command.recipient === undefined
    ? done(bench, { sharedSecret })
    : done(bench, await forRecipient(bench, command.recipient, sharedSecret));
}

async function agree(bench: Workbench, command: Agreement): Promise<Bytes | Refusal> {
  const { token, publicKey } = command;
  let secret: Bytes | Refusal;
  if (isNistCurve(token.spec)) secret = await agreeByPlatform(bench, command, token.spec);
  else if (token.spec === 'SM2') secret = await agreeBySm2(bench, command);
  else {
    bench.steps?.push(tokenRefused(token));
    return 'TOKEN_REJECTED';
  }
  if (secret === 'PUBLIC_KEY_REJECTED') bench.steps?.push(otherKeyRefused(token, publicKey));
  return secret;
}

async function agreeByPlatform(
  bench: Workbench,
  { token, publicKey }: Agreement,
  spec: NistCurveSpec,
): Promise<Bytes | Refusal> {
  const privateKey = await unseal(bench, token, keyAgreement(spec));
  if (privateKey === undefined) return 'TOKEN_REJECTED';
  const other = await otherKey(spec, publicKey);
  if (other === undefined) return 'PUBLIC_KEY_REJECTED';
  const algorithm = { name: 'ECDH', public: other };
  // All of it: for P-521 that is 66 bytes, the first of which is 0 or 1.
  const bits = 8 * keyFormats[spec].privateLength;
  const secret = new Uint8Array(await crypto.subtle.deriveBits(algorithm, privateKey, bits));
  bench.steps?.push(secretAgreed(token, publicKey, secret.length));
  return secret;
}

/** `undefined` unless it is a point on the curve, which the platform looks at. */
async function otherKey(spec: NistCurveSpec, publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  if (publicKeyIn(spec, publicKey) === undefined) return undefined;
  const algorithm = { name: 'ECDH', namedCurve: namedCurves[spec] };
  try {
    return await crypto.subtle.importKey('spki', unshared(publicKey), algorithm, false, []);
  } catch {
    return undefined;
  }
}

async function agreeBySm2(bench: Workbench, { token, publicKey }: Agreement): Promise<Bytes | Refusal> {
  const { sharedSecret } = await import('./sm2/keys.ts');
  const point = publicKeyIn('SM2', publicKey);
  const lent = await lendKey(bench, token, bareKey('SM2'), (privateKey): Bytes | Refusal => {
    const secret = point && sharedSecret(privateKey, point);
    if (secret === undefined) return 'PUBLIC_KEY_REJECTED';
    bench.steps?.push(secretAgreed(token, publicKey, secret.length));
    return secret;
  });
  return lent ?? 'TOKEN_REJECTED';
}

function isNistCurve(spec: BackingKeySpec): spec is NistCurveSpec {
  return spec in namedCurves;
}
