import * as v from 'valibot';
import { act } from '../act.ts';

/** Everything but the time line goes back to what it was after this commit. */
export const UndoTo = act({
  input: v.strictObject({
    act: v.literal('UndoTo'),
    /** Of a commit. */
    sequence: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  run: ({ sequence }, { undo, requestId }) => undo(sequence, requestId),
});
