import type { Attestation } from '../hsm/hsm.ts';
import type { ConditionKeys } from '../service/permit.ts';
import type { Call, JsonObject } from '../service/service.ts';
import { validationError } from './errors.ts';
import { accept, addToAudit } from './module.ts';
import type { Rooms } from './operation.ts';

/** The Recipient member of a request, as it comes in. */
export interface RecipientInput {
  KeyEncryptionAlgorithm?: string;
  AttestationDocument?: Uint8Array;
}

/**
 * Verifies the attestation document of a request that wants its plaintext encrypted to an enclave
 * (KMS Developer Guide, "Cryptographic attestation support in AWS KMS").
 * Throws ValidationException for a document that does not verify.
 */
export async function readRecipient(
  call: Call,
  recipient: RecipientInput,
  { hsm }: Rooms,
): Promise<Attestation> {
  if (!recipient.AttestationDocument || !recipient.KeyEncryptionAlgorithm) {
    throw validationError('Recipient must have both KeyEncryptionAlgorithm and AttestationDocument.');
  }
  const document = recipient.AttestationDocument;
  const command = { document, now: call.time, watched: call.trace.watched };
  const { attestation } = accept(call, await hsm.readAttestation(command));
  addToAudit(call, { recipient: audited(attestation) });
  return attestation;
}

/** What policies can demand of the enclave: its image and its platform configuration registers. */
export function attestationKeys({ kind, pcrs }: Attestation): ConditionKeys {
  const keys: ConditionKeys = {};
  for (const [index, value] of Object.entries(pcrs)) {
    if (kind === 'nitrotpm') keys[`kms:RecipientAttestation:NitroTPMPCR${index}`] = [value];
    else keys[`kms:RecipientAttestation:PCR${index}`] = [value];
  }
  if (kind === 'enclave' && pcrs[0] !== undefined) keys['kms:RecipientAttestation:ImageSha384'] = [pcrs[0]];
  return keys;
}

/** As CloudTrail tells of it: registers that were never extended, all zeros, are left out. */
function audited({ moduleId, kind, pcrs }: Attestation): JsonObject {
  const shown: JsonObject = { attestationDocumentModuleId: moduleId };
  for (const [index, value] of Object.entries(pcrs)) {
    if (/^0*$/.test(value)) continue;
    if (kind === 'nitrotpm') shown[`attestationDocumentNitroTPMPCR${index}`] = value;
    else if (index === '0') shown['attestationDocumentEnclaveImageDigest'] = value;
    else shown[`attestationDocumentEnclavePCR${index}`] = value;
  }
  return shown;
}
