import { encode } from 'cborg';
import { generateKeyPairSync } from 'node:crypto';
import { Certificate } from 'pkijs';
import {
  issueCertificate,
  type Issuer,
  type Subject,
  type Validity,
} from '../../src/engine/hsm/attestation/issue-certificate.ts';
import type { Attestation, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { secretNames } from '../../src/engine/hsm/store/store.ts';
import { openTestHsm, startTime } from './support.ts';

/** What a simulated enclave brings along. */
export const recipient = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const recipientSpki = spkiOf(recipient.publicKey);

export const imageDigest = '0123456789abcdef'.repeat(6);
export const zeros = '0'.repeat(96);
export const minute = 60_000;

export function spkiOf(key: {
  export(options: { type: 'spki'; format: 'der' }): Buffer;
}): Uint8Array<ArrayBuffer> {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}

type Ask = Pick<Attestation, 'kind' | 'pcrs' | 'publicKey'> & { now: number };

export function attested(hsm: Hsm, ask: Partial<Ask> = {}) {
  return hsm.attest({
    ...{ kind: 'enclave', pcrs: { 0: imageDigest }, publicKey: recipientSpki, now: startTime, ...ask },
  });
}

export type Root = Issuer & { certificate: Uint8Array };

export const hour: Validity = { from: startTime - 30 * minute, to: startTime + 30 * minute };

/** A module whose root the test has the private key of, as nobody has a real one's. */
export async function openHsmWithRoot(validity = hour): Promise<{ hsm: Hsm; root: Root }> {
  const issuer = await newIssuer('glass-kms.nitro-enclaves');
  const certificate = await issueCertificate({ ...issuer, role: { ca: true } }, issuer, validity);
  const secret = { id: 'root', key: issuer.key, created: startTime, public: certificate };
  const hsm = await openTestHsm(
    memoryHsmStore({ secrets: new Map([[secretNames.attestationRoot, secret]]) }),
  );
  return { hsm, root: { ...issuer, certificate } };
}

export async function newIssuer(commonName: string, namedCurve = 'P-384'): Promise<Issuer> {
  const algorithm = { name: 'ECDSA', namedCurve };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
  return { commonName, publicKey: spki, key: privateKey };
}

/** How a document of the test's own making differs from one that is accepted. */
export interface Forgery {
  /** From below the root down to above the signer. */
  authorities?: { role: Subject['role']; validity?: Validity }[];
  signer?: {
    role?: Subject['role'];
    validity?: Validity;
    namedCurve?: string;
    /** Changes the signer's certificate before it is signed, with this hash. */
    edit?: (certificate: Certificate) => void;
    hash?: string;
  };
  /** The name that the signer's certificate has for its issuer's. */
  issuerName?: string;
  /** Changes the payload before it is signed. */
  members?: (members: Map<string, unknown>) => void;
  header?: unknown;
  unprotected?: unknown;
  hash?: string;
  /** Changes the parts of the message after they are signed. */
  parts?: (parts: unknown[]) => void;
}

/** Makes a document by the description of the format; with an empty `forgery`, one that must be accepted. */
export async function forge(root: Root, forgery: Forgery = {}): Promise<Uint8Array> {
  const { authorities = [{ role: { ca: true, pathLength: 0 } }], signer: wanted = {} } = forgery;
  const cabundle = [root.certificate];
  let issuer: Issuer = root;
  for (const { role, validity = hour } of authorities) {
    const authority = await newIssuer(`authority ${cabundle.length}`);
    cabundle.push(await issueCertificate({ ...authority, role }, issuer, validity));
    issuer = authority;
  }
  const { role = { ca: false }, validity = hour, namedCurve } = wanted;
  const signer = await newIssuer('signer', namedCurve);
  const named = { ...issuer, commonName: forgery.issuerName ?? issuer.commonName };
  const members = new Map<string, unknown>([
    ['module_id', 'i-1234567890abcdef0-enc0123456789abcdef'],
    ['digest', 'SHA384'],
    ['timestamp', startTime],
    ['pcrs', new Map([[0, Buffer.from(imageDigest, 'hex')]])],
    [
      'certificate',
      await edited(await issueCertificate({ ...signer, role }, named, validity), named, wanted),
    ],
    ['cabundle', cabundle],
    ['public_key', recipientSpki],
  ]);
  forgery.members?.(members);
  return signed(signer.key, encode(members), forgery);
}

async function edited(
  der: Uint8Array,
  { key }: Issuer,
  { edit, hash = 'SHA-384' }: NonNullable<Forgery['signer']>,
) {
  const certificate = Certificate.fromBER(new Uint8Array(der));
  edit?.(certificate);
  await certificate.sign(key, hash);
  return new Uint8Array(certificate.toSchema().toBER());
}

async function signed(key: CryptoKey, payload: Uint8Array, forgery: Forgery): Promise<Uint8Array> {
  const { header = new Map([[1, -35]]), unprotected = new Map(), hash = 'SHA-384' } = forgery;
  const protectedHeader = encode(header);
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash },
    key,
    new Uint8Array(encode(['Signature1', protectedHeader, new Uint8Array(), payload])),
  );
  const parts: unknown[] = [protectedHeader, unprotected, payload, new Uint8Array(signature)];
  forgery.parts?.(parts);
  return encode(parts);
}
