import type { Attempt } from '../hsm/hsm.ts';
import type { Moment } from '../look/look.ts';
import type { Zone } from '../vault/zones.ts';

export type { Attempt } from '../hsm/hsm.ts';

/**
 * Acts that no request of AWS can ask for: time, disaster, and the work of AWS's own operators. They go through a door
 * of their own (`Cloud.operate`), each is a commit of the journal, and none can use a KMS key or see one.
 */
export type OperatorAct =
  | { act: 'MoveClock'; /** Milliseconds since the Unix epoch. */ time: number }
  /** Copies of sealed keys are gone: of one key or of all, in these zones. */
  | { act: 'LoseCopies'; zones: Zone[]; keyArn?: string; materialId?: string }
  /** One bit of a copy turns over. */
  | { act: 'CorruptCopy'; zone: Zone; keyArn: string; materialId: string }
  /** Every copy is held against its checksum; what is bad or missing is made anew from a good one. */
  | { act: 'RepairCopies' }
  /** The domain makes a new domain key, and every sealed key is sealed anew under it. */
  | { act: 'RotateDomainKey'; region: string }
  /** Modules lose their power, and with it all that is in them. */
  | { act: 'LoseModules'; region: string; members: string[] }
  /** Somebody opens a module's case: it zeroises itself. */
  | { act: 'TamperModule'; region: string; member: string }
  /**
   * A new module takes a lost one's place: operators sign, a member that holds the domain keys (an offline one, if no
   * other is left) writes a new domain token for it.
   */
  | { act: 'ReplaceModule'; region: string; member: string; signers: string[] }
  /** Everything but the time line goes back to what it was after this commit. */
  | { act: 'UndoTo'; sequence: number }
  /** Tries in earnest to get a key's material out of the module. */
  | { act: 'TryToTakeKeyOut'; keyArn: string };

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
