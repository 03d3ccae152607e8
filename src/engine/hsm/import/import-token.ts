import * as v from 'valibot';
import { concat, utf8Bytes, type Bytes } from '../bytes.ts';
import { ivLength } from '../ciphertext-blob-layout.ts';
import type { Domain, Sealed } from '../domain.ts';
import type { WrappingAlgorithm, WrappingKeySpec } from '../hsm.ts';
import { handleOf } from './wrapping.ts';

/**
 * An import token: the private half of a wrapping pair, sealed by the domain key, and what it may be used for. AWS
 * calls its own opaque; this layout is ours:
 *
 *     1 byte    version, 01
 *     2 bytes   length of the terms, big-endian
 *     …         the terms: a JSON array, in UTF-8
 *     12 bytes  IV
 *     …         AES-256-GCM of the private key (PKCS #8; for SM2 the bare number), and its 16-byte tag
 *
 * All before the IV is the additional authenticated data. So the terms can be read and not changed.
 */

/** What a wrapping pair is for. */
export interface ImportTerms {
  keyArn: string;
  wrappingKeySpec: WrappingKeySpec;
  wrappingAlgorithm: WrappingAlgorithm;
  /** Milliseconds since the Unix epoch. */
  validTo: number;
}

const version = 1;
const termsOffset = 3;

const headline = 'GlassKMS import token';

const termsSchema = v.tuple([
  v.literal(headline),
  v.string(),
  v.string(),
  v.picklist(['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2']),
  v.picklist([
    ...(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'] as const),
    ...(['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const),
  ]),
  v.number(),
]);

/** Seals an extractable private key into a token. */
export async function sealImportToken(
  domain: Domain,
  privateKey: CryptoKey,
  { keyArn, wrappingKeySpec, wrappingAlgorithm, validTo }: ImportTerms,
): Promise<Bytes> {
  const terms: v.InferOutput<typeof termsSchema> = [
    ...([headline, domain.id, keyArn, wrappingKeySpec, wrappingAlgorithm, validTo] as const),
  ];
  const json = utf8Bytes(JSON.stringify(terms));
  const header = concat(Uint8Array.of(version, json.length >> 8, json.length & 0xff), json);
  const { iv, sealed } = await domain.wrap(privateKey, handleOf(wrappingAlgorithm).format, header);
  return concat(header, iv, sealed);
}

/** Opens a token. `undefined`: it is none of this domain's, or not as it was made. */
export async function openImportToken(
  domain: Domain,
  token: Uint8Array,
): Promise<{ terms: ImportTerms; privateKey: CryptoKey } | undefined> {
  const parsed = parse(token);
  if (parsed === undefined) return undefined;
  const privateKey = await domain.unwrap(
    parsed,
    parsed.additionalData,
    handleOf(parsed.terms.wrappingAlgorithm),
  );
  return privateKey && { terms: parsed.terms, privateKey };
}

function parse(token: Uint8Array): (Sealed & { terms: ImportTerms; additionalData: Bytes }) | undefined {
  const ivOffset = termsOffset + ((token[1] ?? 0) << 8) + (token[2] ?? 0);
  const terms = v.safeParse(termsSchema, json(token.subarray(termsOffset, ivOffset)));
  if (token[0] !== version || !terms.success) return undefined;
  const [, domainKeyId, keyArn, wrappingKeySpec, wrappingAlgorithm, validTo] = terms.output;
  return {
    terms: { keyArn, wrappingKeySpec, wrappingAlgorithm, validTo },
    additionalData: new Uint8Array(token.subarray(0, ivOffset)),
    domainKeyId,
    iv: token.subarray(ivOffset, ivOffset + ivLength),
    sealed: token.subarray(ivOffset + ivLength),
  };
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
