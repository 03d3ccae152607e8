import type { ChangedThing, Moment, MomentChange, Upcoming } from '$engine/look/look.ts';
import type { ActName } from '$engine/operator/acts.ts';

/** What time brings about, or has brought about. */
export const dueNames: Record<Upcoming['kind'], string> = {
  AutomaticRotation: 'Automatic rotation',
  OnDemandRotation: 'Rotation on demand',
  KeyDeletion: 'Deletion of a key',
  MaterialExpiry: 'Expiry of imported material',
  ReplicaReady: 'A replica is ready',
  PrimaryRegionUpdated: 'A new primary Region',
  CustomKeyStoreConnection: 'A key store is connected',
  CustomKeyStoreDisconnection: 'A key store is disconnected',
  DomainKeyRotation: 'New domain key',
};

export const actNames: Record<ActName, string> = {
  MoveClock: 'The clock was moved',
  LoseCopies: 'Copies were lost',
  CorruptCopy: 'A copy was corrupted',
  RepairCopies: 'Copies were repaired',
  RotateDomainKey: 'The domain key was rotated',
  LoseModules: 'Modules were lost',
  TamperModule: 'A module was opened',
  ReplaceModule: 'A module was replaced',
  UndoTo: 'History was undone',
  TryToTakeKeyOut: 'Somebody tried to take a key out',
  PutPrincipal: 'An administrator made or changed a principal',
};

export const thingNames: Record<ChangedThing, string> = {
  key: 'Key',
  material: 'Key material',
  'domain-key': 'Domain key',
  copy: 'Copy of a sealed key',
  alias: 'Alias',
  policy: 'Policy',
  grant: 'Grant',
  tags: 'Tags',
  rotation: 'Rotation',
  principal: 'Principal',
  'key-store': 'Key store',
  clock: 'Clock',
};

export const changeNames: Record<MomentChange['how'], string> = {
  made: 'made',
  changed: 'changed',
  removed: 'removed',
  shredded: 'shredded, with all that the journal kept of it',
};

export const kindNames: Record<Moment['kind'], string> = {
  founding: 'The cloud is founded',
  request: 'A request',
  due: 'Time brings it about',
  operator: 'An operator’s act, or a disaster',
};

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Words of the time strip: the cloud's clock, and the time machine. */
export const timeText = {
  strip: 'Time',
  cloudTime: 'The cloud’s time',
  next: (what: string, when: string) => `Next: ${what.toLowerCase()}, ${when}`,
  nothingNext: 'Nothing is due.',
  moveClock: 'Move the clock',
  history: 'History',
  close: 'Close',

  founded: 'The cloud was founded',
  by: (what: string, who: string) => `${what} by ${who}`,
  refused: (what: string, error: string) => `${what}, refused: ${error}`,
  due: (what: string) => `${what}, because its time had come`,
  unknownCaller: 'an unknown caller',

  slider: 'Moment of the cloud’s history',
  now: 'Now',
  moment: (number: number, total: number) =>
    `Moment ${number.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  beforeAll: 'before the first moment',
  nowAfter: (total: number) => `Now, after ${plural(total, 'moment', 'moments')}`,
  reading: 'reading …',
  back: 'One moment back',
  forward: 'One moment on',

  pastTitle: (what: string) => `You look at the cloud as it was after: ${what}`,
  pastSince: (when: string) =>
    `${when} by the cloud’s clock. The pictures show what was, and nothing is changed.`,
  pastBefore: 'You look at the cloud as it was before the first moment of the time line.',
  pastAhead: (last: number) =>
    `This cloud has not come so far: its latest commit is number ${last}. It is shown as it is now.`,
  pastGone: (first: number) => `The journal does not reach back so far; it begins with commit ${first}.`,
  backToNow: 'Back to now',

  moments: 'Moments, newest first',
  noMoments: 'No moment matches.',
  onlyKey: 'Key',
  allKeys: 'All keys',
  thisKey: (id: string) => `Key ${id}`,
  onlyChanges: 'Only what changed something',
  legend: 'The colours',
  page: (from: number, to: number, total: number) =>
    `${from.toLocaleString('en')}–${to.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  newer: 'Newer',
  older: 'Older',
  chosen: 'The moment',
  changes: 'What it changed',
  noChanges: 'It changed nothing that lasts, but for the audit trail.',
  fromTo: (from: string, to: string) => `${from} → ${to}`,
  toTrace: 'Its way through the house',
  toKey: 'Its key, as of then',
  toTrail: 'The whole trail',
  audit: 'Its audit record',
  noAudit: 'It left no audit record.',
  undo: 'Undo to here …',
  chooseOne: 'Choose a moment to see what it changed, and the cloud as it was then.',

  undoTitle: 'Undo to here?',
  undoTo: (what: string) => `Everything goes back to what it was after “${what}”.`,
  undoGoes: (moments: number) =>
    `${plural(moments, 'moment is', 'moments are')} taken back, and with ${moments === 1 ? 'it' : 'them'} what changed since:`,
  undoNothing: 'Nothing that lasts has changed since. Only the time line grows.',
  undoMore: (count: number) => `and ${plural(count, 'more thing', 'more things')}`,
  undoKeeps:
    'The audit trail and the time line keep what happened. The clock goes back as well, and what was due then is due again. Undoing is a moment itself, and can be undone.',
  undoLost: 'This cannot come back, whatever you undo:',
  undoLostWhy: (when: string) =>
    `its sealed keys were shredded ${when}, in the journal too. No copy is left that the HSM could open.`,
  undoReading: 'Reading what has happened since …',
  undoDo: 'Undo',
  undoBusy: 'Undoing …',
  undoCancel: 'Leave it as it is',
  undoFailed: 'Nothing was undone:',
  undoDone: 'Undone',
  lostForEver: 'Not brought back:',

  clockLine:
    'Rotations, deletions and expiries happen because time passes. Move the cloud’s clock forward; only undoing takes it back.',
  moves: 'Move it by',
  toNext: (what: string) => `To the next thing: ${what.toLowerCase()}`,
  toExpiry: 'To the next import expiry',
  day: 'A day',
  shortWindow: '7 days, the shortest deletion window',
  longWindow: '30 days, the longest deletion window',
  rotationPeriod: 'A year (365 days), a rotation period',
  toDate: 'To a date',
  goToDate: 'Go',
  datePast: 'The clock goes forward only.',
  upcoming: 'What is coming',
  noUpcoming: 'Nothing is due: no rotation, no deletion, no expiry.',
  goThere: 'Go there',
  goThereLong: (what: string, when: string) => `Move the clock to ${when}: ${what}`,
  moving: 'The clock moves …',
  moveFailed: 'The clock was not moved:',
  moved: 'On the way',
  nothingHappened: 'Nothing happened on the way.',
};
