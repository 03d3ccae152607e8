import { stationNames } from './house.ts';
import type { Station } from '$engine/trace/trace.ts';

/** Words of the glass: the picture, its player, the details of a step. */
export const glassText = {
  whatIsThis: 'What is this?',
  picture: (operation: string, who: string, step: string) => `${operation} by ${who}. ${step}`,
  stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
  stepValue: (step: number, steps: number, station: Station, title: string) =>
    `Step ${step} of ${steps}, ${stationNames[station]}: ${title}`,
  refusedHere: 'Refused',
  unknownCaller: 'unknown caller',
  noRequest: 'no request yet',

  player: 'Walk through the request',
  play: 'Play',
  pause: 'Pause',
  back: 'One step back',
  forward: 'One step on',
  start: 'To the start',
  end: 'To the end',
  refusal: 'To the refusal',
  speed: 'Speed',
  position: 'Step of the request',
  hints: [
    ['space', 'play'],
    ['← →', 'step'],
    ['Home End', 'ends'],
  ],

  reads: 'Reads',
  produces: 'Produces',
  nothing: 'Nothing.',
  details: 'What this step read and produced',
  steps: 'All steps as a table',
  columns: { step: 'Step', where: 'Where', what: 'What happens', outcome: 'Outcome' },
  outcomes: { ok: 'passed', refused: 'refused' },
  yes: 'yes',
  no: 'no',

  policyAllows: 'Allowed',
  policyDenies: 'Not allowed',
  statements: 'Statements that were weighed',
  noStatements: 'No statement was there to weigh.',
  statement: (policy: string, name: string, place: string) => `${policy}, ${name}, ${place}`,
  policyAt: (name: string, level?: number) =>
    level === undefined ? name : `${name} at level ${level + 1} of the organization`,
  statementPlace: (index: number, sid?: string) => (sid ? `“${sid}”` : `statement ${index + 1}`),
  grants: 'Grants that were weighed',
  grant: (id: string, name?: string) => (name ? `grant “${name}”` : `grant ${id.slice(0, 8)}…`),
  grantGrants: 'Allow',
  changes: 'What would allow it',
  allChanges: 'All of these together would allow it',
  noChanges: 'No change of a policy would allow this request.',
  statementToAdd: 'The statement to add',
  decided: 'decided',
  fits: 'fits the request',
  fitsNot: 'does not fit',
  wanted: 'The policy says',
  grantWanted: 'The grant says',
  found: 'The request brings',
};
