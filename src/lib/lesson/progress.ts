import * as v from 'valibot';

/** What a learner has done: per lesson and step, when. Plain JSON, meant to be exported and read back. */
const progressSchema = v.object({
  version: v.literal(1),
  lessons: v.record(v.string(), v.record(v.string(), v.pipe(v.string(), v.isoTimestamp()))),
});

export type Progress = v.InferOutput<typeof progressSchema>;

/** Where it is kept; `localStorage` has this shape. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const shelfKey = 'glass-kms:progress';
const none: Progress = { version: 1, lessons: {} };

/** Empty where nothing is kept, where it cannot be read, and where it is of a version unknown here. */
export function loadProgress(shelf: () => Shelf): Progress {
  try {
    const result = v.safeParse(progressSchema, JSON.parse(shelf().getItem(shelfKey) ?? 'null'));
    return result.success ? result.output : none;
  } catch {
    // Storage can be forbidden, or hold something else than JSON.
    return none;
  }
}

/** Notes that a step is done. `time`: ISO 8601. Says whether it will be remembered. */
export function saveStep(shelf: () => Shelf, lesson: string, step: string, time: string): boolean {
  // Read anew: another tab may have been busy.
  const { lessons } = loadProgress(shelf);
  const steps = { [step]: time, ...lessons[lesson] };
  return store(shelf, { version: 1, lessons: { ...lessons, [lesson]: steps } });
}

/** Forgets one lesson's steps. */
export function clearLesson(shelf: () => Shelf, lesson: string): boolean {
  const { [lesson]: _gone, ...lessons } = loadProgress(shelf).lessons;
  return store(shelf, { version: 1, lessons });
}

function store(shelf: () => Shelf, progress: Progress): boolean {
  try {
    shelf().setItem(shelfKey, JSON.stringify(progress));
    return true;
  } catch {
    return false;
  }
}
