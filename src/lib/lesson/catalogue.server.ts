import { readMeta, type LessonMeta } from './meta.ts';
import type { StepCode } from './code-context.ts';
import { highlight, stepSource } from './source.ts';

const frontMatters = import.meta.glob<unknown>('/lessons/*/*/lesson.md', { eager: true, import: 'metadata' });
const solutions = import.meta.glob<string>('/lessons/*/*/solution.ts', {
  eager: true,
  query: '?raw',
  import: 'default',
});

export interface CatalogueEntry {
  /** `/lessons/01-envelope-encryption/01-a-file-of-your-own` */
  folder: string;
  meta: LessonMeta;
}

/** All lessons, in the order of their folders. */
export const catalogue: CatalogueEntry[] = Object.entries(frontMatters)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([file, frontMatter]) => ({
    folder: file.slice(0, -'/lesson.md'.length),
    meta: readMeta(file, frontMatter),
  }));

/** The solution's source by step, to be shown and copied. */
export function codeOf({ folder, meta }: CatalogueEntry): Record<string, StepCode> {
  const source = solutions[`${folder}/solution.ts`];
  if (source === undefined) throw new Error(`${folder} has no solution.ts.`);
  return Object.fromEntries(
    meta.steps.map(({ id }) => {
      const text = stepSource(source, id);
      return [id, { text, html: highlight(text) }];
    }),
  );
}
