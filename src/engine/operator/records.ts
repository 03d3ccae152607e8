import { table } from '../vault/vault.ts';
import type { OperatorAct } from './acts.ts';

/** An act that was done. */
export interface ActRecord {
  act: OperatorAct;
  /** Milliseconds since the Unix epoch, by the cloud's clock, when it was begun. */
  time: number;
  summary: string;
}

/** By the request id of the act's commit. Like the audit trail it only grows, and no undo takes anything from it. */
export const actRecords = table<ActRecord>('operator.acts');
