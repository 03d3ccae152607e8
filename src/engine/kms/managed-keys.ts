import type { Call } from '../service/service.ts';
import type { Rooms } from './operation.ts';

/** Makes the AWS managed key that a request names by its alias, when this is the first time that it is named. */
export async function ensureManagedKey(
  _operation: string,
  _input: Record<string, unknown>,
  _call: Call,
  _rooms: Rooms,
): Promise<void> {}
