import { about, oneOf, required } from '../declaration/members.ts';
import type { MacAlgorithm } from '../hsm/hsm.ts';
import type { Work } from '../service/service.ts';
import { awsEnums } from './enums.ts';
import { dryRun, grantTokens, keyId, message } from './members.ts';
import type { KeyRecord } from './records.ts';
import { requireAlgorithm } from './signing.ts';
import { fetchToken } from './tokens.ts';

/** What GenerateMac and VerifyMac both take. */
export const macInput = () => ({
  Message: required(message()),
  KeyId: required(keyId()),
  MacAlgorithm: about(
    'The HMAC algorithm, which must be that of the key.',
    required(oneOf(awsEnums.MacAlgorithm)),
  ),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
});

interface MacInput {
  Message: Uint8Array;
  MacAlgorithm: MacAlgorithm;
}

/** What both hand to the module. Throws InvalidKeyUsageException for an algorithm that is not the key's. */
export function macTerms(
  work: Work,
  key: KeyRecord,
  { Message: message, MacAlgorithm: algorithm }: MacInput,
) {
  requireAlgorithm(key, algorithm);
  return { token: fetchToken(work, key), algorithm, message, watched: work.trace.watched };
}
