import { about, oneOf, required } from '../declaration/members.ts';
import { awsEnums } from './enums.ts';
import { dryRun, grantTokens, keyId } from './members.ts';

/** What Encapsulate and Decapsulate both take. */
export const encapsulationInput = () => ({
  KeyId: required(keyId()),
  EncapsulationAlgorithm: about(
    'The scheme; there is one, ML_KEM.',
    required(oneOf(awsEnums.EncapsulationAlgorithm)),
  ),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
});
