/** A file of the learner's program. */
export interface SourceFile {
  /** `index.ts` */
  name: string;
  text: string;
}
