import { unshared, type Bytes } from '../bytes.ts';
import { makeSigningKey, type Forge, type Forged } from '../long-lived-keys.ts';
import type { ModuleMemory } from '../module-memory.ts';
import { secretNames } from '../store/store.ts';
import { parseCertificate, publicKeyIn } from './certificate.ts';
import { issueCertificate, type Issuer, type Validity } from './issue-certificate.ts';

/** The root that all attestation in this cloud ends in, in the place of AWS's `aws.nitro-enclaves`. */
export interface AttestationRoot extends Issuer {
  /** DER. */
  certificate: Bytes;
}

const commonName = 'glass-kms.nitro-enclaves';

/** For ever (RFC 5280 §4.1.2.5), as nobody knows where the clock of a cloud is going to be put. */
const validity: Validity = { from: 0, to: Date.UTC(9999, 11, 31, 23, 59, 59) };

/** The module's root; made when it is first needed, and kept with its other keys. */
export async function attestationRoot(memory: ModuleMemory): Promise<AttestationRoot> {
  const secret = await memory.secret(secretNames.attestationRoot, makeRoot);
  const certificate = unshared(secret.public!);
  return { commonName, publicKey: publicKeyIn(parseCertificate(certificate)), key: secret.key, certificate };
}

/** Signatures are never the same twice: of a module with a seed, the key follows from it and the certificate not. */
async function makeRoot(forge: Forge): Promise<Required<Forged>> {
  const { key, public: publicKey } = await makeSigningKey(forge);
  const issuer = { commonName, publicKey: unshared(publicKey), key };
  return { key, public: await issueCertificate({ ...issuer, role: { ca: true } }, issuer, validity) };
}
