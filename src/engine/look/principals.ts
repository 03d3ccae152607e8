import { callerWith } from '../iam/caller.ts';
import { accessKeys, accounts, principals } from '../iam/tables.ts';
import type { AccessKey } from '../iam/types.ts';
import type { Reader } from '../vault/vault.ts';
import type { PrincipalsView } from './look.ts';

/** Everybody of the cloud, with all policies that have a say in what they may do. No secret is among it. */
export function principalsView(reader: Reader): PrincipalsView {
  const everyKey = reader.list(accessKeys).map(({ value }) => value);
  return {
    principals: reader.list(principals).map(({ value: principal }) => ({
      ...principal,
      sessions: everyKey
        .filter(({ principalArn }) => principalArn === principal.arn)
        .map((accessKey) => ({
          ...withoutSecrets(accessKey),
          arn: callerWith(principal, accessKey).arn,
        })),
    })),
    accounts: reader.list(accounts).map(({ value }) => value),
  };
}

function withoutSecrets({
  secretAccessKey: _secret,
  sessionToken,
  principalArn: _principal,
  ...shown
}: AccessKey) {
  return { ...shown, isTemporary: sessionToken !== undefined };
}
