import { policyLint as text } from '$lib/strings/policy-lint.ts';
import type { Finding } from './finding.ts';
import { texts, type WrittenPolicy } from './read.ts';

/** The form of the whole: version, names of statements, what they are about. */
export function formRules(policy: WrittenPolicy): Finding[] {
  const { value, statements, repeated } = policy;
  const found: Finding[] = repeated.map(({ name, from, to }) => ({
    ...{ rule: 'repeated', severity: 'warning', message: text.repeated(name), from, to },
  }));
  const version = value['Version'];
  if (version === undefined) {
    found.push({ rule: 'version', severity: 'warning', message: text.noVersion, ...policy.at() });
  } else if (version === '2008-10-17') {
    found.push({ rule: 'version', severity: 'advice', message: text.oldVersion, ...policy.at('Version') });
  }
  const sids = new Map<string, number>();
  for (const statement of statements) {
    const { Sid, Action, NotAction, Resource, NotResource } = statement.value;
    if (typeof Sid === 'string') {
      const earlier = sids.get(Sid);
      if (earlier !== undefined) {
        const message = text.sameSid(Sid, earlier + 1);
        found.push({ rule: 'duplicate-sid', severity: 'warning', message, ...statement.at('Sid') });
      } else sids.set(Sid, statement.index);
    }
    if (Action === undefined && NotAction === undefined) {
      found.push({ rule: 'no-action', severity: 'warning', message: text.noAction, ...statement.at() });
    }
    if (Resource === undefined && NotResource === undefined) {
      found.push({ rule: 'no-resource', severity: 'warning', message: text.noResource, ...statement.at() });
    }
    for (const { value: resource, path } of texts(Resource, ['Resource'])) {
      if (resource === '*') continue;
      const message = text.resource(resource);
      found.push({ rule: 'resource', severity: 'advice', message, ...statement.at(...path) });
    }
    if (NotResource !== undefined) {
      const message = text.notResource;
      found.push({ rule: 'not-resource', severity: 'warning', message, ...statement.nameAt('NotResource') });
    }
  }
  return found;
}
