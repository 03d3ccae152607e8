import * as v from 'valibot';

/** The front matter of a `lesson.md`. Read at build time only. */
const metaSchema = v.strictObject({
  title: v.pipe(v.string(), v.nonEmpty()),
  /** The module that the lesson belongs to. */
  module: v.pipe(v.string(), v.nonEmpty()),
  /** Its place in the site: `/lessons/<slug>/`. */
  slug: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  /** One or two sentences: what the learner will be able to do. */
  summary: v.pipe(v.string(), v.nonEmpty()),
  /** How long it takes, about. */
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** In order; ids are those of the checks, the solution and the mistakes. */
  steps: v.pipe(
    v.array(v.strictObject({ id: v.pipe(v.string(), v.regex(/^[a-z-]+$/)), title: v.string() })),
    v.minLength(1),
  ),
});

export type LessonMeta = v.InferOutput<typeof metaSchema>;

/** Checks the front matter of one lesson. Throws with the file's name and the member that is wrong. */
export function readMeta(file: string, frontMatter: unknown): LessonMeta {
  const result = v.safeParse(metaSchema, frontMatter);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(`${file}: ${v.getDotPath(issue) ?? 'front matter'}: ${issue.message}`);
}
