import type { Randomness } from '../../clock/randomness.ts';
import { isSigned, newAgreementKey, signStatement, statement, type AgreementKey } from '../agreement.ts';
import { unshared, type Bytes } from '../bytes.ts';
import { ivLength } from '../ciphertext-blob-layout.ts';
import { asItIs, type Domain } from '../domain.ts';
import type { ExportedKeyToken } from '../hsm.ts';
import type { Secret } from '../store/store.ts';
import { agreeOnWrappingKey } from './wrapping-key.ts';

/**
 * The two messages by which a backing key goes from one Region to another (AWS KMS Cryptographic Details,
 * "Multi-Region keys"). They may go through anybody's hands.
 */

/** One Region's module. */
export interface Side {
  region: string;
  domain: Domain;
  signingKey: Secret;
}

/** The other Region, as far as it is known here: its signing keys are pinned. */
export interface Peer {
  region: string;
  /** DER SubjectPublicKeyInfo. */
  verificationKey: Uint8Array;
}

/** From where the key is to go: "wrap it under what we agree on with this". */
export interface Offer {
  agreementKey: Bytes;
  signature: Bytes;
}

/** From where the key is. */
export interface Shipment {
  /** `domainKeyId`, `iv` and `sealed` stay where they are. */
  about: Pick<ExportedKeyToken, 'materialId' | 'spec' | 'keyArn'>;
  replicaArn: string;
  agreementKey: Bytes;
  iv: Bytes;
  wrapped: Bytes;
  signature: Bytes;
}

/** The target's first move. `secret` stays with it. */
export async function offer(target: Side, source: Peer): Promise<{ offer: Offer; secret: AgreementKey }> {
  const secret = await newAgreementKey();
  const agreementKey = secret.publicKey;
  const signed = offerStatement(source.region, target.region, agreementKey);
  return { offer: { agreementKey, signature: await signStatement(target.signingKey, signed) }, secret };
}

/** The source's check of the offer. */
export function isOfferGenuine(
  source: Pick<Side, 'region'>,
  target: Peer,
  { agreementKey, signature }: Offer,
): Promise<boolean> {
  const signed = offerStatement(source.region, target.region, agreementKey);
  return isSigned(target.verificationKey, signed, signature);
}

/**
 * The source's move, after a genuine offer. Web Crypto wraps extractable keys only, so one handle to the backing
 * key can be exported here, and is not kept. `undefined`: the token does not open.
 */
export async function ship(
  source: Side,
  { agreementKey: offered }: Offer,
  { token, replicaArn }: { token: ExportedKeyToken; replicaArn: string },
  randomness: Randomness,
): Promise<Shipment | undefined> {
  const backingKey = await source.domain.unsealAsItIs(token);
  if (backingKey === undefined) return undefined;
  const own = await newAgreementKey();
  const answered = own.publicKey;
  const wrappingKey = await agreeOnWrappingKey(own, offered, { offered, answered }, 'wrapKey');
  const { materialId, spec, keyArn } = token;
  const iv = randomness.bytes(ivLength);
  const wrapped = await crypto.subtle.wrapKey(asItIs.format, backingKey, wrappingKey, {
    ...{ name: 'AES-GCM', iv },
    additionalData: identityStatement({ materialId, spec, keyArn }, replicaArn),
  });
  const shipment = {
    ...{ about: { materialId, spec, keyArn }, replicaArn },
    ...{ agreementKey: answered, iv, wrapped: new Uint8Array(wrapped) },
  };
  const signature = await signStatement(source.signingKey, shipmentStatement(offered, shipment));
  return { ...shipment, signature };
}

/** The target's check of what came. */
export function isShipmentGenuine(
  source: Peer,
  { agreementKey }: Offer,
  shipment: Shipment,
): Promise<boolean> {
  return isSigned(source.verificationKey, shipmentStatement(agreementKey, shipment), shipment.signature);
}

/** The target's last move, after a genuine shipment: seals the key under its own domain key. */
export async function receive(
  target: Side,
  own: AgreementKey,
  { about, replicaArn, agreementKey: answered, iv, wrapped }: Shipment,
): Promise<ExportedKeyToken> {
  const parties = { offered: own.publicKey, answered };
  const wrappingKey = await agreeOnWrappingKey(own, answered, parties, 'unwrapKey');
  const backingKey = await crypto.subtle.unwrapKey(
    asItIs.format,
    unshared(wrapped),
    wrappingKey,
    { name: 'AES-GCM', iv: unshared(iv), additionalData: identityStatement(about, replicaArn) },
    asItIs.algorithm,
    asItIs.extractable,
    asItIs.usages,
  );
  const { materialId, spec } = about;
  return target.domain.sealAsItIs(backingKey, { materialId, spec, keyArn: replicaArn });
}

function offerStatement(sourceRegion: string, targetRegion: string, agreementKey: Uint8Array): Bytes {
  return statement('replication offer', sourceRegion, targetRegion, agreementKey);
}

function identityStatement({ materialId, spec, keyArn }: Shipment['about'], replicaArn: string): Bytes {
  return statement('replicated key', materialId, spec, keyArn, replicaArn);
}

function shipmentStatement(
  offered: Uint8Array,
  { about, replicaArn, agreementKey, iv, wrapped }: Omit<Shipment, 'signature'>,
): Bytes {
  const { materialId, spec, keyArn } = about;
  const keys = [offered, agreementKey];
  return statement('replication', materialId, spec, keyArn, replicaArn, ...keys, iv, wrapped);
}
