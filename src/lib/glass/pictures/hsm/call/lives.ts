import type { Field, Step, TraceRecord } from '$engine/trace/trace.ts';

/** What kind of key lives in the module: each has its own lifetime by design. */
export type LifeKind = 'domain' | 'backing' | 'call' | 'wrapping';

/** How long a key is in the module's memory, in steps of the call. */
export interface Life {
  kind: LifeKind;
  /** First and last step of the call in which it is there, from 0. */
  from: number;
  to: number;
  /** It was there before the call, and it stays after it. */
  before: boolean;
  after: boolean;
  /** In which steps it works. */
  uses: number[];
}

export interface CallStep {
  /** Index in the trace. */
  at: number;
  step: Step;
  /** What crosses the module's boundary. */
  goesIn: Field[];
  comesOut: Field[];
}

/** One call as the module saw it. */
export interface CallScene {
  steps: CallStep[];
  lives: Life[];
}

/** Names of fields that come from outside the module, and that leave it. The rest stays inside. */
const fromOutside = new Set([
  'Exported key token',
  'Ciphertext blob',
  'Ciphertext',
  'Encryption context',
  'Plaintext length',
  'Key spec',
  'Key pair spec',
  'Message length',
  'Digest',
  'External μ',
  'Signature',
  'MAC',
  'Public key',
  'Import token',
  'Encrypted key material',
  'Attestation document',
  'Agreement public key offered',
]);
const toOutside = new Set([
  'Exported key token',
  'Ciphertext blob',
  'Ciphertext',
  'Plaintext length',
  'Signature',
  'MAC',
  'Public key',
  'Shared secret length',
  'Import token',
  'Ciphertext for recipient',
  'Wrapped backing key',
]);

/** The steps that happened inside the module, what crossed its boundary, and how long each key lived. */
export function callScene({ steps }: Pick<TraceRecord, 'steps'>): CallScene {
  const inside = steps
    .map((step, at): CallStep => {
      const crossing = (direction: Field['direction'], names: Set<string>) =>
        step.fields.filter((field) => field.direction === direction && names.has(field.name));
      return { at, step, goesIn: crossing('in', fromOutside), comesOut: crossing('out', toOutside) };
    })
    .filter(({ step }) => step.station === 'hsm');
  const lives = [domainLife, backingLife, callLife, wrappingLife]
    .map((lifeOf) => lifeOf(inside.map(({ step }) => step)))
    .filter((life) => life !== undefined);
  return { steps: inside, lives };
}

/** Title of the step at which a call ends that finds no module. */
const noModule = 'No module of the domain is in service.';

type LifeOf = (steps: readonly Step[]) => Life | undefined;

const has = (step: Step, name: string, direction: Field['direction']): boolean =>
  step.fields.some((field) => field.name === name && field.direction === direction);

const where = (steps: readonly Step[], holds: (step: Step) => boolean): number[] =>
  [...steps.keys()].filter((at) => holds(steps[at]!));

/** The domain key is there before and after every call, unless no module was there that could have it. */
const domainLife: LifeOf = (steps) => {
  const uses = where(steps, (step) => has(step, 'Domain key', 'in'));
  if (steps.length === 0 || steps.some(({ title }) => title === noModule)) return undefined;
  return { kind: 'domain', from: 0, to: steps.length - 1, before: true, after: true, uses };
};

/**
 * A backing key comes out of its token, is in memory already, or is made. A handle that was opened stays; a key that
 * was made goes with the call that sealed it; one that was only lent is forgotten.
 */
const backingLife: LifeOf = (steps) => {
  const known = where(steps, (step) => has(step, 'Backing key', 'in'));
  const opened = where(steps, (step) => has(step, 'Backing key', 'out'));
  const made = where(steps, ({ title }) => title === 'The module makes a backing key.');
  const birth = [...known, ...opened, ...made].sort((one, other) => one - other)[0];
  if (birth === undefined) return undefined;
  const end = steps.findIndex(({ title }) => title === 'The key, lent for this call, is forgotten.');
  const sealed = steps.findIndex(({ title }) => title.startsWith('The domain key seals the backing key'));
  const before = known.includes(birth);
  const stays = end < 0 && made.length === 0;
  const last = end >= 0 ? end : made.length > 0 && sealed >= 0 ? sealed : steps.length - 1;
  const used = where(steps, (step) => worksWithBackingKey(step)).filter((at) => at >= birth && at <= last);
  return { kind: 'backing', from: before ? 0 : birth, to: last, before, after: stays, uses: used };
};

/** Deriving, signing, MACs, RSA: everything but the steps that only handle bytes. */
function worksWithBackingKey({ title, fields }: Step): boolean {
  return (
    title.startsWith('A key for this call alone is derived') ||
    fields.some(({ name, direction }) => direction === 'out' && ['Signature', 'MAC'].includes(name))
  );
}

/** The per-call key is derived, works once, and is forgotten. */
const callLife: LifeOf = (steps) => {
  const from = steps.findIndex((step) => has(step, 'Per-call key', 'out'));
  if (from < 0) return undefined;
  const forgotten = steps.findIndex(
    ({ title }, at) => at > from && title === 'The per-call key is forgotten.',
  );
  const to = forgotten < 0 ? steps.length - 1 : forgotten;
  const uses = where(steps, (step) => has(step, 'Tag', 'out') || has(step, 'Tag', 'in')).filter(
    (at) => at > from && at <= to,
  );
  return { kind: 'call', from, to, before: false, after: false, uses };
};

/** A key that two modules agree on for one replication, or that wraps one import. */
const wrappingLife: LifeOf = (steps) => {
  const names = ['Replication wrapping key', 'Wrapping private key'];
  const from = steps.findIndex((step) => names.some((name) => has(step, name, 'out')));
  if (from < 0) return undefined;
  return { kind: 'wrapping', from, to: steps.length - 1, before: false, after: false, uses: [] };
};
