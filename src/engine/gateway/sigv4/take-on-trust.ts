import { principals } from '../../iam/tables.ts';
import type { Principal } from '../../iam/types.ts';
import type { Reader } from '../../vault/vault.ts';
import type { Authenticate } from './authenticate.ts';
import { credentialScope, parseAuthorization } from './authorization-header.ts';
import { checkRegion } from './scope.ts';

/**
 * Takes a request's credentials for what they say, as emulators do: whoever they name acts as the root user of
 * the account, in the Region of the credential scope. Signature, date and session token are not looked at.
 * Throws as the signature check does where there is no Authorization header, or none that can be read.
 */
export function trusting(reader: Reader, accountId: string): Authenticate {
  return (wire, _signingName, now, evidence) => {
    const scope = credentialScope(parseAuthorization(wire.headers.get('authorization'), true));
    evidence.accessKeyId = scope.accessKeyId;
    evidence.isTakenOnTrust = true;
    checkRegion(scope);
    const principal = rootOf(accountId, reader);
    const accessKey = {
      accessKeyId: scope.accessKeyId,
      secretAccessKey: '',
      principalArn: principal.arn,
      created: now,
    };
    return { caller: { principal, accessKey, arn: principal.arn }, region: scope.region };
  };
}

/** The account's root user, whether or not the cloud was founded with one. */
function rootOf(accountId: string, reader: Reader): Principal {
  const arn = `arn:aws:iam::${accountId}:root`;
  return (
    reader.get(principals, arn) ?? {
      arn,
      accountId,
      type: 'Root',
      name: 'root',
      principalId: accountId,
      policies: [],
    }
  );
}
