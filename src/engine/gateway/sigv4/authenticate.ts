import { AwsError } from '../../errors/aws-error.ts';
import { callerWith } from '../../iam/caller.ts';
import { accessKeys, principals } from '../../iam/tables.ts';
import type { Caller } from '../../iam/types.ts';
import type { Reader } from '../../vault/vault.ts';
import { endpointOf } from '../endpoint.ts';
import type { WireRequest } from '../wire.ts';
import { credentialScope, parseAuthorization } from './authorization-header.ts';
import { canonicalRequest, hashHex } from './canonical-request.ts';
import { checkScope } from './scope.ts';
import { sameSecret, signer, stringToSign } from './signature.ts';
import { checkFresh, signingTime } from './time.ts';

/** What has come to light about a signature, as far as the check got. The secret is not part of it. */
export interface Evidence {
  accessKeyId?: string;
  canonicalRequest?: string;
  stringToSign?: string;
  signatureGiven?: string;
  signatureCalculated?: string;
  /** Nothing was checked. */
  isTakenOnTrust?: true;
}

export interface Authenticated {
  caller: Caller;
  region: string;
}

export type Authenticate = (
  wire: WireRequest,
  signingName: string,
  now: number,
  evidence: Evidence,
) => Authenticated;

/**
 * Verifies AWS Signature Version 4 in the order of AWS's JSON services: header complete, date fresh, host signed,
 * algorithm, scope, access key, signature, session token. Throws MissingAuthenticationTokenException,
 * IncompleteSignatureException, InvalidSignatureException or UnrecognizedClientException in AWS's words.
 * `now` in milliseconds since the Unix epoch. Signatures in the query string are not taken.
 */
export function authenticator(reader: Reader): Authenticate {
  const sign = signer();
  return (wire, signingName, now, evidence) => {
    const { headers } = wire;
    const date = headers.get('x-amz-date') ?? headers.get('date');
    const authorization = parseAuthorization(headers.get('authorization'), date !== null);
    evidence.signatureGiven = authorization.signature;
    const signed = signingTime(date!);
    checkFresh(signed, now);
    const scope = credentialScope(authorization);
    evidence.accessKeyId = scope.accessKeyId;
    checkScope(scope, { signingName, endpointRegion: endpointOf(wire.host).region, signed });

    const accessKey = reader.get(accessKeys, scope.accessKeyId);
    const principal = accessKey && reader.get(principals, accessKey.principalArn);
    if (!accessKey || !principal) throw unrecognized();

    const bodyHash = hashHex(wire.body);
    const canonical = canonicalRequest(wire, authorization.signedHeaders, bodyHash);
    if (canonical === undefined) throw doesNotMatch();
    evidence.canonicalRequest = canonical;
    evidence.stringToSign = stringToSign(signed.text, scope, hashHex(canonical));
    evidence.signatureCalculated = sign(accessKey.secretAccessKey, scope, evidence.stringToSign);
    const matches = sameSecret(evidence.signatureCalculated, authorization.signature);
    // A body that is announced as unsigned, or as another one, is no signed body.
    const announced = headers.get('x-amz-content-sha256');
    if (!matches || (announced !== null && announced !== bodyHash)) throw doesNotMatch();

    if (!sameSecret(headers.get('x-amz-security-token') ?? '', accessKey.sessionToken ?? '')) {
      throw unrecognized();
    }
    return { caller: callerWith(principal, accessKey), region: scope.region };
  };
}

function doesNotMatch(): AwsError {
  return new AwsError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

function unrecognized(): AwsError {
  return new AwsError(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}
