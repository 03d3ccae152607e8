/** What each room did with one request, as data. The glass replays it; without an observer it costs nothing. */

/** Where in the house a step happens. Each station belongs to one layer, and so to one colour. */
export const stations = {
  client: 'clients',
  'front-door': 'management',
  who: 'management',
  may: 'management',
  storage: 'storage',
  hsm: 'hsm',
  audit: 'audit',
} as const;

export type Station = keyof typeof stations;
export type Layer = (typeof stations)[Station];

/** A named value that a step read or produced. Key material never appears in one. */
export interface Field {
  name: string;
  value: string | number | boolean | Uint8Array | JsonValue;
  /** `in`: read by the step; `out`: produced by it. */
  direction: 'in' | 'out';
  /** What the bytes are, when they have a known layout. */
  layout?: 'ciphertext-blob';
}

export type JsonValue = null | string | number | boolean | JsonValue[] | { [name: string]: JsonValue };

export interface Step {
  station: Station;
  /** One short sentence in the present tense: "The signature matches." */
  title: string;
  fields: Field[];
  /** `refused` marks the wall that stopped the request; no later station but `audit` and `client` follows. */
  outcome: 'ok' | 'refused';
}

/** The finished trace of one request. */
export interface TraceRecord {
  requestId: string;
  /** Id of the CloudTrail record that this request wrote, when it wrote one. */
  eventId?: string;
  /** The service's signing name, `kms`. */
  service: string;
  /** `Encrypt`, …; the raw target where there is no such operation. */
  operation: string;
  /** ARN of the authenticated principal; absent where authentication failed. */
  principalArn?: string;
  /** ARN of the KMS key that the request turned out to be about. */
  keyArn?: string;
  userAgent: string;
  /** Milliseconds since the Unix epoch. */
  time: number;
  /** HTTP status of the reply, and the error's name when it is not 200. */
  status: number;
  errorName?: string;
  errorMessage?: string;
  steps: Step[];
}

/** Takes steps while a request is under way. */
export interface Trace {
  /** True when somebody watches; rooms behind a boundary (the HSM) ask before they describe themselves. */
  readonly watched: boolean;
  step(describe: () => Step): void;
  /** Appends steps that another room has described already. */
  append(steps: readonly Step[]): void;
}

/** Nobody watches: describing functions are never called. */
export const silentTrace: Trace = { watched: false, step() {}, append() {} };

/** Collects the steps in order. */
export function recordingTrace(): Trace & { readonly steps: Step[] } {
  const steps: Step[] = [];
  return {
    watched: true,
    steps,
    step: (describe) => void steps.push(describe()),
    append: (more) => void steps.push(...more),
  };
}
