import { AwsError } from '../../errors/aws-error.ts';
import { parsePolicyDocument, type PolicyPlace } from '../../iam/grammar/policy.ts';
import type { PolicyDocument } from '../../iam/types.ts';

/** What is wrong with a policy, and in which statement; `undefined` when nothing is. */
export function policyProblem(document: PolicyDocument, place: PolicyPlace): string | undefined {
  try {
    parsePolicyDocument(JSON.stringify(document), place);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}
