import { stationNames } from './house.ts';
import type { Station } from '$engine/trace/trace.ts';

/** Words of the glass: the picture, its player, the details of a step. */
export const glassText = {
  whatIsThis: 'What is this?',

  pictures: 'Pictures of the cloud',
  title: (picture: string) => `${picture} · Glass`,
  present: 'Present',
  presentHint: 'Large type and nothing around the picture, for a projector',
  presentLeave: 'Leave (Esc)',
  needsScript: 'The glass needs JavaScript: the cloud that it looks into runs in your browser.',
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
  decision: 'To the decision',
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
};
