import type { Field, Step, TraceRecord } from '$engine/trace/trace.ts';

/** How a backing key went from the modules of one Region to those of another, from the trace of a ReplicateKey. */
export interface Copying {
  source: string;
  target: string;
  moves: Move[];
}

export interface Move {
  title: string;
  /** Who does it. `both`: each for itself, with the same result. */
  by: 'source' | 'target' | 'both';
  /** What goes abroad with it; only public keys, signatures and wrapped keys do. */
  sends: string[];
  fields: Field[];
  refused: boolean;
}

/** What of a step's products is sent to the other Region (AWS KMS Cryptographic Details, "Multi-Region keys"). */
const travelling = ['Agreement public key', 'Signature', 'IV', 'Wrapped backing key'];

/** `undefined`: the trace shows no copying. */
export function copyingIn(trace: TraceRecord): Copying | undefined {
  const begin = trace.steps.findIndex(({ fields }) =>
    fields.some(({ name, direction }) => name === 'Agreement public key' && direction === 'out'),
  );
  const source = trace.keyArn?.split(':')[3];
  if (begin < 0 || source === undefined) return undefined;
  const steps = trace.steps.slice(begin).filter(({ station }) => station === 'hsm');
  const target = steps[0]?.fields.find(({ name }) => name === 'Region')?.value;
  if (typeof target !== 'string') return undefined;
  return { source, target, moves: steps.map((step) => moveOf(step, { source, target })) };
}

function moveOf(step: Step, { source, target }: { source: string; target: string }): Move {
  const { title, fields, outcome } = step;
  const isSealing = fields.some(
    ({ name, direction }) => name === 'Exported key token' && direction === 'out',
  );
  const by = title.includes(target) || isSealing ? 'target' : title.includes(source) ? 'source' : 'both';
  const sends = by === 'both' ? [] : fields.filter(goesAbroad).map(({ name }) => name);
  return { title, by, sends: isSealing ? [] : sends, fields, refused: outcome === 'refused' };
}

const goesAbroad = ({ name, direction }: Field): boolean => direction === 'out' && travelling.includes(name);
