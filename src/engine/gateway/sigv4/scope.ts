import { AwsError } from '../../errors/aws-error.ts';
import type { CredentialScope } from './authorization-header.ts';
import type { SigningTime } from './time.ts';

const regionForm = /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/;

/** What a scope has to fit. */
export interface ScopeTerms {
  /** `kms` */
  signingName: string;
  /** Absent where the host name does not tell: then any Region is served. */
  endpointRegion: string | undefined;
  signed: SigningTime;
}

/** Throws InvalidSignatureException with everything that is wrong with the scope. */
export function checkScope(scope: CredentialScope, terms: ScopeTerms): void {
  const { signingName, endpointRegion, signed } = terms;
  let message = '';
  if (endpointRegion === undefined ? !regionForm.test(scope.region) : scope.region !== endpointRegion) {
    message += invalidRegion;
  }
  if (scope.service !== signingName) {
    message += `Credential should be scoped to correct service: '${signingName}'. `;
  }
  if (scope.terminator !== 'aws4_request') {
    message += `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'. `;
  }
  const day = signed.text.slice(0, 8);
  if (scope.date !== day) {
    message +=
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
      `'${scope.date}' != '${day}', from '${signed.text}'.`;
  }
  if (message !== '') throw new AwsError('InvalidSignatureException', message);
}

/** Throws InvalidSignatureException where a scope names no Region. */
export function checkRegion({ region }: CredentialScope): void {
  if (!regionForm.test(region)) throw new AwsError('InvalidSignatureException', invalidRegion);
}

const invalidRegion = 'Credential should be scoped to a valid region. ';
