import type { StageName } from '$lib/glass/decision/stages.ts';

/** A stage's name, and the question that it asks. */
const stages: Record<StageName, { name: string; asks: string }> = {
  deny: {
    name: 'Explicit Deny',
    asks: 'Does any statement of any policy deny it? Then nothing else counts.',
  },
  'resource control policy': {
    name: 'Resource control policies',
    asks: 'What the key’s organization lets anybody do to its keys.',
  },
  'service control policy': {
    name: 'Service control policies',
    asks: 'What the caller’s organization lets its accounts do. Each level has to allow.',
  },
  'key policy': {
    name: 'Key policy',
    asks: 'Does it let the caller in, or leave the choice to the caller’s account?',
  },
  'identity policy': {
    name: 'Identity policies',
    asks: 'What the caller’s own account has given them. Needed where the key policy leaves the choice.',
  },
  'permissions boundary': {
    name: 'Permissions boundary',
    asks: 'The most that identity policies can give the caller.',
  },
  'session policy': {
    name: 'Session policies',
    asks: 'The most that this session of the caller may do.',
  },
  grants: { name: 'Grants', asks: 'A second way in, besides the key policy.' },
};

/** Words of a decision: its stages, and each statement and grant that was weighed. */
export const decisionText = {
  allowed: 'Allowed',
  refused: 'Not allowed',
  stages,
  level: (level: number) => `, level ${level + 1}`,
  outcomes: {
    allows: 'something here allows it',
    delegates: 'leaves the choice to the account',
    silent: 'nothing here allows it',
    stops: 'stopped: nothing here allows it',
    overruled: 'does not matter any more',
  },
  denied: 'stopped: denied',
  notDenied: 'nothing denies it',

  walk: 'Go through what was weighed',
  previous: 'The one before',
  next: 'The next one',
  toDeciding: 'To the one that decided',
  place: (number: number, count: number) => `${number} of ${count}`,

  statement: (policy: string, name: string, place: string) => `${policy}, ${name}, ${place}`,
  policyAt: (name: string, level?: number) =>
    level === undefined ? name : `${name} at level ${level + 1} of the organization`,
  statementPlace: (index: number, sid?: string) => (sid ? `“${sid}”` : `statement ${index + 1}`),
  grant: (id: string, name?: string) => (name ? `grant “${name}”` : `grant ${id.slice(0, 8)}…`),
  grantEffect: 'Allow',
  decided: 'decided',
  fits: 'fits the request',
  fitsNot: 'does not fit',
  wanted: 'The policy says',
  grantWanted: 'The grant says',
  found: 'The request brings',

  changes: 'What would allow it',
  allChanges: 'All of these together would allow it',
  noChanges: 'No change of a policy would allow this request.',
  statementToAdd: 'The statement to add',
};
