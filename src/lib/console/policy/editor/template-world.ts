import type { Identity } from '$engine/observation.ts';
import type { TemplateWorld } from './templates.ts';

/** AWS's documentation uses this number for another account. */
const exampleAccountId = '444455556666';

/** Whom the templates speak of: people of this cloud as far as it has such. */
export function templateWorld(
  people: readonly Pick<Identity, 'arn' | 'type' | 'accountId'>[],
  keyArn: string,
  actorArn: string | undefined,
): TemplateWorld {
  const [, , , region = '', accountId = ''] = keyArn.split(':');
  const root = `arn:aws:iam::${accountId}:root`;
  const own = people.filter((one) => one.accountId === accountId && one.type !== 'Root');
  const administrator = own.find(({ arn }) => arn === actorArn) ?? own.find(({ type }) => type === 'User');
  const user = own.find(({ type }) => type === 'Role') ?? own.find((one) => one !== administrator);
  const other = people.find((one) => one.accountId !== accountId && one.accountId !== '');
  return {
    accountId,
    region,
    administrator: administrator?.arn ?? root,
    user: user?.arn ?? root,
    otherAccountId: other?.accountId ?? exampleAccountId,
  };
}
