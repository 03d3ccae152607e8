import { sha256 } from '@noble/hashes/sha2.js';
import { unshared, type Bytes } from '../bytes.ts';
import type { Workbench } from '../command.ts';
import type { BackingKeySpec, ExportedKeyToken, NistCurveSpec } from '../hsm.ts';
import { lendKey } from '../lent-key.ts';
import { loadEcdsa, type EcdsaSpec } from '../material/elliptic-curves.ts';
import { keyFormats } from '../material/key-formats.ts';
import { publicKeyIn } from '../material/public-key.ts';
import { bareKey, ecdsaSigning, namedCurves } from '../purposes.ts';
import { unseal } from '../unseal.ts';
import { fromDer, toDer } from './ecdsa-encoding.ts';
import type { Message, Scheme } from './scheme.ts';
import { signed } from './steps.ts';

type EcdsaAlgorithm = 'ECDSA_SHA_256' | 'ECDSA_SHA_384' | 'ECDSA_SHA_512';

/** Each algorithm's hash, and the curves that KMS uses it with (AWS KMS Developer Guide, key spec reference). */
const algorithms: Record<EcdsaAlgorithm, { hash: string; specs: readonly EcdsaSpec[] }> = {
  ECDSA_SHA_256: { hash: 'SHA-256', specs: ['ECC_NIST_P256', 'ECC_SECG_P256K1'] },
  ECDSA_SHA_384: { hash: 'SHA-384', specs: ['ECC_NIST_P384'] },
  ECDSA_SHA_512: { hash: 'SHA-512', specs: ['ECC_NIST_P521'] },
};

/**
 * ECDSA (FIPS 186-5 §6), in DER. Messages on NIST's curves go to Web Crypto; digests, and all of secp256k1, go to a
 * library. There s may be in either half of its range, as with AWS.
 */
export const ecdsa: Scheme<EcdsaAlgorithm> = {
  async sign(bench, token, message) {
    const { hash, specs } = algorithms[message.algorithm];
    // The purposes below then hold the token against the very spec that it names.
    const spec = specs.find((one) => one === token.spec) ?? specs[0]!;
    return byPlatform(spec, message)
      ? signMessage(bench, token, message, spec, hash)
      : signDigest(bench, token, message, spec);
  },

  async verify(publicKey, message, signature) {
    const { hash, specs } = algorithms[message.algorithm];
    const spec = specs.find((one) => publicKeyIn(one, publicKey) !== undefined);
    if (spec === undefined) return false;
    const bare = fromDer(signature, keyFormats[spec].privateLength);
    if (bare === undefined) return false;
    if (byPlatform(spec, message)) {
      const algorithm = { name: 'ECDSA', namedCurve: namedCurves[spec] };
      const key = await crypto.subtle.importKey('spki', unshared(publicKey), algorithm, false, ['verify']);
      return crypto.subtle.verify({ name: 'ECDSA', hash }, key, bare, unshared(message.message));
    }
    const curve = await loadEcdsa(spec);
    const point = publicKeyIn(spec, publicKey)!;
    return curve.verify(bare, digestOf(message), point, { prehash: false, lowS: false });
  },
};

function byPlatform(spec: BackingKeySpec, { messageType }: Message): spec is NistCurveSpec {
  return messageType === 'RAW' && spec !== 'ECC_SECG_P256K1';
}

async function signMessage(
  bench: Workbench,
  token: ExportedKeyToken,
  message: Message,
  spec: NistCurveSpec,
  hash: string,
): Promise<Bytes | undefined> {
  const key = await unseal(bench, token, ecdsaSigning(spec));
  if (key === undefined) return undefined;
  const bare = await crypto.subtle.sign({ name: 'ECDSA', hash }, key, unshared(message.message));
  const signature = toDer(new Uint8Array(bare));
  bench.steps?.push(signed(message, signature));
  return signature;
}

async function signDigest(
  bench: Workbench,
  token: ExportedKeyToken,
  message: Message,
  spec: EcdsaSpec,
): Promise<Bytes | undefined> {
  const curve = await loadEcdsa(spec);
  const purpose = spec === 'ECC_SECG_P256K1' ? bareKey(spec) : ecdsaSigning(spec);
  return lendKey(bench, token, purpose, (privateKey) => {
    // RFC 6979 §3.6, with randomness for additional data: neither a bad generator nor a fault gives the key away.
    const extraEntropy = bench.randomness.bytes(privateKey.length);
    const options = { prehash: false, lowS: false, extraEntropy };
    const signature = toDer(curve.sign(digestOf(message), privateKey, options));
    bench.steps?.push(signed(message, signature));
    return signature;
  });
}

/** Only messages on secp256k1 come here whole, whose hash is SHA-256. */
function digestOf({ message, messageType }: Message): Uint8Array {
  return messageType === 'RAW' ? sha256(message) : message;
}
