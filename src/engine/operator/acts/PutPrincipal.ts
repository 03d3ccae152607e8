import * as v from 'valibot';
import { newAccessKey, newPrincipal } from '../../iam/new-principal.ts';
import { accessKeys, principals } from '../../iam/tables.ts';
import type { Principal } from '../../iam/types.ts';
import { iamIdentity } from '../../scenario/schema/principal.ts';
import type { Reader } from '../../vault/vault.ts';
import { act, ActRefused } from '../act.ts';

const input = v.strictObject({
  act: v.literal('PutPrincipal'),
  accountId: v.pipe(v.string(), v.regex(/^\d{12}$/, 'must be an account id')),
  principal: iamIdentity,
});

/**
 * What an account's administrator does by IAM, which is no part of this cloud: makes a user or role with an access key
 * (a role's is a session), or gives one that is there other policies, boundary, tags and description. Its ARN, its id
 * and its access keys stay.
 */
export const PutPrincipal = act({
  input,
  run: ({ accountId, principal: wanted }, { commit, clock, randomness }) =>
    commit((transaction) => {
      const known = sameName(transaction, accountId, wanted);
      const made = newPrincipal(wanted, accountId, randomness);
      if (known && known.arn !== made.arn) {
        throw new ActRefused(
          `${known.arn} is there already, and a name is given once in an account, whatever its case and path.`,
        );
      }
      const { arn } = made;
      transaction.put(principals, arn, known ? { ...made, principalId: known.principalId } : made);
      if (known) return { summary: `${arn} has other policies now.` };
      const accessKey = newAccessKey(made, {}, { time: clock.now(), randomness });
      transaction.put(accessKeys, accessKey.accessKeyId, accessKey);
      return { summary: `${arn} is there, with the access key ${accessKey.accessKeyId}.` };
    }),
});

/** Names of one account differ by more than their case (IAM User Guide, "IAM and AWS STS quotas"). */
function sameName(
  reader: Reader,
  accountId: string,
  { type, name }: Pick<Principal, 'type' | 'name'>,
): Principal | undefined {
  const inAccount = reader.list(principals).filter(({ value }) => value.accountId === accountId);
  if (inAccount.length === 0) throw new ActRefused(`This cloud has no account ${accountId}.`);
  return inAccount.find(({ value }) => value.type === type && value.name.toLowerCase() === name.toLowerCase())
    ?.value;
}
