import { stations, type Field, type Layer, type Station, type TraceRecord } from '$engine/trace/trace.ts';
import { decisionIn } from '../decision/decision.ts';

/**
 * What the picture shows of one request, worked out from its trace alone and without any drawing:
 * where it stops, in which direction it travels, and which rooms it has passed at a given step.
 */

/** `out`: towards the HSM. `back`: on the way to the client. */
export type Bearing = 'out' | 'back';

/** Where one step of the trace takes place. */
export interface Stop {
  /** Index into the trace's steps. */
  step: number;
  station: Station;
  layer: Layer;
  bearing: Bearing;
  /** Several steps in one room stand side by side: this is the `slot`-th, from 0, … */
  slot: number;
  /** … of so many. */
  slots: number;
  refused: boolean;
}

/** `ahead`: the request will come here yet. `never`: it does not come here at all. */
export type RoomState = 'never' | 'ahead' | 'current' | 'passed' | 'refused';

export type RoomStates = Record<Station, RoomState>;

export interface Scene {
  stops: Stop[];
  /** The stop shown; absent for a trace without steps. */
  current: Stop | undefined;
  rooms: RoomStates;
  /** What the current step hands on, in a few letters. */
  carried: string;
}

const stationOrder = Object.keys(stations) as Station[];

/** Turns each step into a stop. */
export function planStops({ steps }: Pick<TraceRecord, 'steps'>): Stop[] {
  const stops = steps.map(({ station, outcome }, step): Stop => {
    const bearing = bearingAt(steps, step);
    return {
      step,
      station,
      layer: stations[station],
      bearing,
      slot: 0,
      slots: 1,
      refused: outcome === 'refused',
    };
  });
  for (const stop of stops) {
    const together = stops.filter((other) => sharesPlace(other, stop));
    stop.slot = together.indexOf(stop);
    stop.slots = together.length;
  }
  return stops;
}

/** What to draw when the request is at `step`; out of range, the nearest step there is. */
export function sceneAt(trace: TraceRecord, step: number): Scene {
  const stops = planStops(trace);
  const at = Math.max(0, Math.min(step, stops.length - 1));
  const current = stops[at];
  const rooms = Object.fromEntries(
    stationOrder.map((station) => [station, roomState(stops, at, station)]),
  ) as RoomStates;
  return { stops, current, rooms, carried: carriedAt(trace, at) };
}

/** Index of the step that stopped the request; −1 when none did. */
export const refusalStep = ({ steps }: Pick<TraceRecord, 'steps'>): number =>
  steps.findIndex(({ outcome }) => outcome === 'refused');

/** Index of the step that decided whether the caller may; −1 when it did not come to that. */
export const decisionStep = ({ steps }: Pick<TraceRecord, 'steps'>): number =>
  steps.findIndex(({ fields }) => fields.some(({ value }) => decisionIn(value)));

/** Index of the step that tells how it ended: the refusal, or the reply. */
export function resultStep(trace: Pick<TraceRecord, 'steps'>): number {
  const refusal = refusalStep(trace);
  return refusal >= 0 ? refusal : trace.steps.length - 1;
}

function bearingAt(steps: TraceRecord['steps'], step: number): Bearing {
  const { station } = steps[step]!;
  if (station === 'audit') return 'back';
  if (station === 'client') return step === 0 ? 'out' : 'back';
  if (station !== 'storage') return 'out';
  // Storage lies on both ways: it is on the way back for what the module has just made.
  const before = steps.slice(0, step).findLast((earlier) => earlier.station !== 'storage');
  return before?.station === 'hsm' ? 'back' : 'out';
}

const sharesPlace = (a: Stop, b: Stop) => a.station === b.station && a.bearing === b.bearing;

function roomState(stops: readonly Stop[], at: number, station: Station): RoomState {
  const here = stops.filter((stop) => stop.station === station);
  if (here.some((stop) => stop.refused && stop.step <= at)) return 'refused';
  if (stops[at]?.station === station) return 'current';
  if (here.length === 0) return 'never';
  return here.some(({ step }) => step < at) ? 'passed' : 'ahead';
}

function carriedAt({ steps, operation, status, errorName }: TraceRecord, at: number): string {
  const step = steps[at];
  if (!step) return '';
  if (step.station === 'front-door' || (step.station === 'client' && at === 0)) return clip(operation);
  if (step.station === 'client') return clip(errorName ?? String(status));
  const made = step.fields.filter(({ direction }) => direction === 'out');
  const field = made.findLast(({ value }) => value instanceof Uint8Array) ?? made.at(-1) ?? step.fields.at(0);
  return field ? inShort(field) : '';
}

/** A field in about twenty letters: the end of an ARN, the size of bytes, the start of a text. */
export function inShort({ name, value }: Field): string {
  if (value instanceof Uint8Array) return `${clip(name, 11)} ${value.length} B`;
  if (typeof value === 'string') return clip(value.startsWith('arn:') ? endOfArn(value) : value);
  if (typeof value === 'number' || typeof value === 'boolean') return clip(`${name} ${value}`);
  return decisionIn(value) ? (decisionIn(value)?.allowed ? 'allowed' : 'denied') : clip(name);
}

/** `user/Ada` from an IAM ARN, the key id from a key's. */
export const endOfArn = (arn: string): string => arn.split(':').slice(5).join(':') || arn;

const clip = (text: string, most = 18) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
