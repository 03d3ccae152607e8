import { AwsError } from '../../errors/aws-error.ts';
import { asList } from '../evaluation/as-list.ts';
import type { PolicyDocument, PolicyStatement } from '../types.ts';
import { checkMembers, malformed } from './shapes.ts';
import { checkStatement, type PolicyPlace } from './statement.ts';

export type { PolicyPlace } from './statement.ts';

/** Most bytes that a key policy may have (AWS KMS Developer Guide, "Resource quotas"). */
const maximumBytes = 32_768;

/** Characters that a policy may hold (KMS API Reference, PutKeyPolicy, Policy; IAM API Reference, PutUserPolicy). */
const allowedCharacters = /^[\t\n\r\u0020-\u00FF]*$/;

/**
 * Reads a policy, a key policy unless told. Throws MalformedPolicyDocumentException with what is wrong and where;
 * LimitExceededException when a key policy is too long.
 */
export function parsePolicyDocument(text: string, place: PolicyPlace = 'resource'): PolicyDocument {
  if (place === 'resource' && new TextEncoder().encode(text).length > maximumBytes) {
    throw new AwsError('LimitExceededException', `A key policy may have at most ${maximumBytes} bytes.`);
  }
  if (!allowedCharacters.test(text)) throw malformed('The policy contains a character that is not allowed.');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  checkMembers(document, 'The policy', ['Version', 'Id', 'Statement']);
  const { Version, Id, Statement } = document;
  checkVersion(Version, place);
  if (Id !== undefined && typeof Id !== 'string') throw malformed('Id must be a string.');
  const statements = asList(Statement);
  if (statements.length === 0) throw malformed('The policy has no Statement.');
  statements.forEach((statement, index) => checkStatement(statement, `Statement ${index + 1}`, place));
  // Checked member by member above.
  const policy = document as unknown as PolicyDocument;
  // Whether KMS minds equal Sids is not documented; IAM does.
  if (place !== 'resource') checkSids(policy);
  return policy;
}

function checkVersion(version: unknown, place: PolicyPlace): void {
  if (place === 'resource-control' && version !== '2012-10-17') {
    throw malformed('The Version of a resource control policy must be "2012-10-17".');
  }
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformed('Version must be "2012-10-17" or "2008-10-17".');
  }
}

function checkSids({ Statement }: PolicyDocument): void {
  const sids = asList<PolicyStatement>(Statement).flatMap(({ Sid }) => Sid ?? []);
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
}
