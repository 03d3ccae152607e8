import { AwsError } from '../../errors/aws-error.ts';

/** An Authorization header in its parts. */
export interface Authorization {
  /** `AWS4-HMAC-SHA256` */
  algorithm: string;
  /** `AKIA…/20261001/us-east-1/kms/aws4_request` */
  credential: string;
  signedHeaders: string[];
  /** 64 hex digits. */
  signature: string;
}

/** What a credential says: whose key, and for which day, Region and service it was derived. */
export interface CredentialScope {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  terminator: string;
}

/**
 * Takes an Authorization header apart (IAM User Guide, "Elements of an AWS API request signature").
 * Throws MissingAuthenticationTokenException and IncompleteSignatureException, the latter with everything
 * that is missing; `hasDate` tells whether the request has a date, which is complained about here as well.
 */
export function parseAuthorization(header: string | null, hasDate: boolean): Authorization {
  if (!header) throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [algorithm = '', ...pairs] = header.split(/[\s,]+/).filter((part) => part !== '');
  const parts = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      throw incomplete(
        `'${pair}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`,
      );
    }
    parts.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter. `);
  if (!hasDate) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  }
  if (missing.length > 0) throw incomplete(`${missing.join('')}Authorization=${header}`);
  return {
    algorithm,
    credential: parts.get('Credential')!,
    signedHeaders: parts.get('SignedHeaders')!.split(';'),
    signature: parts.get('Signature')!,
  };
}

/** Checks what can be checked without knowing the secret: host signed, algorithm, form of the credential. */
export function credentialScope({ algorithm, credential, signedHeaders }: Authorization): CredentialScope {
  if (!signedHeaders.includes('host')) {
    throw new AwsError(
      'InvalidSignatureException',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}' (only AWS4-HMAC-SHA256 for now). `);
  }
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || !terminator || rest.length > 0) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements, ' +
        `e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, date, region, service, terminator };
}

function incomplete(message: string): AwsError {
  return new AwsError('IncompleteSignatureException', message);
}
