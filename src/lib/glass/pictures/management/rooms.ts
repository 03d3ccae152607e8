import type { JsonValue, Step, TraceRecord } from '$engine/trace/trace.ts';
import { decisionIn, type ShownDecision } from '$lib/glass/decision/decision.ts';

/** The rooms of the management layer, in the order in which a request comes through. */
export const rooms = ['who', 'may', 'state', 'audit'] as const;
export type Room = (typeof rooms)[number];

/** One question to the policies: a request may ask several, as ReEncrypt does. */
export interface Asked {
  step: number;
  principal: string;
  action: string;
  resource: string;
  decision: ShownDecision;
}

/** One key held against the operation's terms. */
export interface Fitness {
  step: number;
  title: string;
  refused: boolean;
  state: string;
  usage: string;
  /** Absent where the operation takes keys of any usage. */
  wantedUsage?: string;
  /** Row of the key state table, and what it says for each state. */
  rule: string;
  outcomes: [state: string, outcome: string][];
}

/** `absent`: the request did not come here, or the operation has no use for the room. */
export type Passage = 'passed' | 'refused' | 'absent';

/** What the management layer did with one request. */
export interface Management {
  who?: { step: number; at: Step };
  asked: Asked[];
  fitness: Fitness[];
  record?: { step: number; value: Record<string, JsonValue> };
  passage: Record<Room, Passage>;
  /** The room to look at first: the one that refused, or else where it was decided who may. */
  deciding: Room;
}

export function managementOf({ steps }: TraceRecord): Management {
  const asked: Asked[] = [];
  const fitness: Fitness[] = [];
  let who: Management['who'];
  let record: Management['record'];
  steps.forEach((at, step) => {
    const value = valuesOf(at);
    if (at.station === 'who') who = { step, at };
    const decision = decisionIn(value('Decision') ?? null);
    if (decision) {
      const { principal, action, resource } = {
        ...{
          principal: text(value('Principal')),
          action: text(value('Action')),
          resource: text(value('Resource')),
        },
      };
      asked.push({ step, principal, action, resource, decision });
    } else if (value('Outcome by state') !== undefined) fitness.push(fitnessIn(at, step));
    const written = value('Record');
    if (at.station === 'audit' && isObject(written)) record = { step, value: written };
  });
  const passage: Management['passage'] = {
    who: who ? passed(who.at.outcome === 'ok') : 'absent',
    may: asked.length > 0 ? passed(asked.every(({ decision }) => decision.allowed)) : 'absent',
    state: fitness.length > 0 ? passed(fitness.every(({ refused }) => !refused)) : 'absent',
    audit: record ? 'passed' : 'absent',
  };
  const deciding = rooms.find((room) => passage[room] === 'refused') ?? (asked.length > 0 ? 'may' : 'who');
  return { ...(who && { who }), asked, fitness, ...(record && { record }), passage, deciding };
}

/** The room that a step of the trace belongs to; `undefined` for steps in other layers. */
export function roomOf({ who, asked, fitness, record }: Management, step: number): Room | undefined {
  if (who?.step === step) return 'who';
  if (asked.some((one) => one.step === step)) return 'may';
  if (fitness.some((one) => one.step === step)) return 'state';
  return record?.step === step ? 'audit' : undefined;
}

/** The first step of a room, for the address. */
export function firstStepOf({ who, asked, fitness, record }: Management, room: Room): number | undefined {
  return { who: who?.step, may: asked[0]?.step, state: fitness[0]?.step, audit: record?.step }[room];
}

function fitnessIn(at: Step, step: number): Fitness {
  const value = valuesOf(at);
  const outcomes = value('Outcome by state');
  const wantedUsage = value('KeyUsage wanted');
  return {
    step,
    title: at.title,
    refused: at.outcome === 'refused',
    state: text(value('KeyState')),
    usage: text(value('KeyUsage')),
    ...(wantedUsage !== undefined && { wantedUsage: text(wantedUsage) }),
    rule: text(value('Rule of the key state table')),
    outcomes: isObject(outcomes)
      ? Object.entries(outcomes).map(([state, outcome]) => [state, text(outcome)])
      : [],
  };
}

function valuesOf({ fields }: Step) {
  return (name: string) => fields.find((field) => field.name === name)?.value;
}

function passed(isIt: boolean): Passage {
  return isIt ? 'passed' : 'refused';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Record<string, JsonValue> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
