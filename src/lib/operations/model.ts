/**
 * The operations of AWS KMS as data, without what does them: what forms, the AWS CLI of the terminal, code completion
 * and the reference need. Taken at build time from the declarations in `engine/kms/operations`, and, for replies, from
 * AWS's own model as the SDK carries it; so each rule is said in one place.
 */

export interface OperationModel {
  /** `CreateKey` */
  name: string;
  /** `create-key` */
  cliName: string;
  /** One sentence of our own. */
  summary: string;
  readOnly: boolean;
  /** In the order of the AWS CLI's synopsis. */
  input: MemberModel[];
  output: MemberModel[];
  /** For operations that list: what the AWS CLI pages by. */
  pages?: { items: string[]; limit: string; marker: string; next: string };
}

export interface MemberModel {
  /** `KeyId` */
  name: string;
  /** `key-id` */
  cliName: string;
  required: boolean;
  /** One sentence of our own; only inputs have one. */
  about?: string;
  shape: ShapeModel;
  /** What the service takes where the caller says nothing. */
  fallback?: unknown;
}

export type ShapeModel =
  | { type: 'string'; min?: number; max?: number; pattern?: string; values?: readonly string[] }
  /** Lengths in bytes. */
  | { type: 'blob'; min?: number; max?: number }
  | { type: 'integer'; min?: number; max?: number }
  | { type: 'boolean' }
  | { type: 'timestamp' }
  /** From string to string. */
  | { type: 'map' }
  | { type: 'list'; min?: number; max?: number; of: ShapeModel }
  | { type: 'structure'; members: MemberModel[] };
