import * as v from 'valibot';
import type { Attempt } from '../hsm/hsm.ts';
import type { Moment } from '../look/look.ts';
import { CorruptCopy } from './acts/CorruptCopy.ts';
import { LoseCopies } from './acts/LoseCopies.ts';
import { LoseModules } from './acts/LoseModules.ts';
import { MoveClock } from './acts/MoveClock.ts';
import { PutPrincipal } from './acts/PutPrincipal.ts';
import { RepairCopies } from './acts/RepairCopies.ts';
import { ReplaceModule } from './acts/ReplaceModule.ts';
import { RotateDomainKey } from './acts/RotateDomainKey.ts';
import { TamperModule } from './acts/TamperModule.ts';
import { TryToTakeKeyOut } from './acts/TryToTakeKeyOut.ts';
import { UndoTo } from './acts/UndoTo.ts';

export type { Attempt } from '../hsm/hsm.ts';

/** Every act, by its name: one file each. */
export const acts = {
  MoveClock,
  LoseCopies,
  CorruptCopy,
  RepairCopies,
  RotateDomainKey,
  LoseModules,
  TamperModule,
  ReplaceModule,
  UndoTo,
  TryToTakeKeyOut,
  PutPrincipal,
};

export const operatorAct = v.variant('act', [
  MoveClock.input,
  LoseCopies.input,
  CorruptCopy.input,
  RepairCopies.input,
  RotateDomainKey.input,
  LoseModules.input,
  TamperModule.input,
  ReplaceModule.input,
  UndoTo.input,
  TryToTakeKeyOut.input,
  PutPrincipal.input,
]);

/**
 * Acts that no request to this cloud can ask for: time, disaster, the work of AWS's own operators, and that of IAM. They go through a door
 * of their own (`Cloud.operate`), each is a commit of the journal, and none can use a KMS key or see one.
 */
export type OperatorAct = v.InferOutput<typeof operatorAct>;

export type ActName = OperatorAct['act'];

export interface ActReport {
  /** Of the latest commit when all was done. */
  sequence: number;
  /** One sentence on what came of it. */
  summary: string;
  /** What happened meanwhile, oldest first; at most 200. */
  happened: Moment[];
  /** `UndoTo`: keys that could not be brought back, because what they were made of has been shredded. */
  lostForEver?: { keyArn: string; why: string }[];
  /** `TryToTakeKeyOut`. */
  attempts?: Attempt[];
}
