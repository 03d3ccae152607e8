/** What a lesson is made of. Framework-free: the same checks run beside the page and in tests. */
import type { Desk } from './desk.ts';
import type { Inspector } from './inspector.ts';

export type CheckResult =
  | { kind: 'done' }
  | { kind: 'not-yet'; message: string }
  /** A likely error was made; the message says what happened and what to do about it. */
  | { kind: 'mistake'; id: string; message: string };

/** Where a check looks: the cloud through the Auditor's signed requests, and the learner's own desk. */
export interface Scene {
  cloud: Inspector;
  desk: Desk;
}

/** One thing that a step must have made true. It never looks at what was typed or clicked. */
export interface Check {
  id: string;
  /** What is true once it is done: "Two ciphertexts of one secret". */
  title: string;
  look(scene: Scene): Promise<CheckResult>;
}

/** A lesson's checks, by the id of their step. */
export type Checks = Record<string, readonly Check[]>;

export const done: CheckResult = { kind: 'done' };
export const notYet = (message: string): CheckResult => ({ kind: 'not-yet', message });
export const mistake = (id: string, message: string): CheckResult => ({ kind: 'mistake', id, message });

/** The cloud and the values that a lesson starts from. */
export interface Scenario {
  /** The lesson's KMS key is the one that this alias names. */
  alias: string;
  /** Who the learner is to begin with. */
  learner: string;
  /** Whom the learner may act as, by name. */
  principals: readonly string[];
  region: string;
}

/** A likely error: what the learner does, in code, and which message of which step it must get. */
export interface Mistake<Learner> {
  step: string;
  id: string;
  commit: (learner: Learner) => Promise<void>;
  /** What the message tells the learner to undo, before the written solution can be followed. */
  repair?: (learner: Learner) => Promise<void>;
}
