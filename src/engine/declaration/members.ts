/**
 * The words in which an operation declares its input. Each member says its type and AWS's constraints
 * once; reading and checking requests, CLI flags, forms and the reference page all come from it.
 */

interface Shape {
  /** Not shown in CloudTrail although it is no blob (grant tokens). */
  hidden?: true;
}

export interface StringShape extends Shape {
  type: 'string';
  min?: number;
  max?: number;
  /** As AWS prints it, e.g. `^[a-zA-Z0-9:/_-]+$`. */
  pattern?: string;
  values?: readonly string[];
}
export interface BlobShape extends Shape {
  type: 'blob';
  /** Length in bytes. */
  min?: number;
  max?: number;
}
export interface IntegerShape extends Shape {
  type: 'integer';
  min?: number;
  max?: number;
}
export interface BooleanShape extends Shape {
  type: 'boolean';
}
export interface TimestampShape extends Shape {
  type: 'timestamp';
}
export interface MapShape extends Shape {
  type: 'map';
}
export interface ListShape extends Shape {
  type: 'list';
  min?: number;
  max?: number;
  of: AnyShape;
}
export interface StructureShape extends Shape {
  type: 'structure';
  members: Members;
}

export type AnyShape =
  | StringShape
  | BlobShape
  | IntegerShape
  | BooleanShape
  | TimestampShape
  | MapShape
  | ListShape
  | StructureShape;

export interface Member<Value = unknown, Required extends boolean = boolean> {
  shape: AnyShape;
  /** Never absent from the input: demanded of the client, or filled in from `fallback`. */
  required: Required;
  /** What the member is when the client leaves it out. */
  fallback?: Value;
  /** What it is for, in one sentence for learners. */
  about?: string;
  /** Never set; carries the type. */
  valueType?: Value;
}

export interface Members {
  [name: string]: Member;
}

type ValueOf<M> = M extends Member<infer Value> ? Value : never;
type RequiredNames<M extends Members> = {
  [Name in keyof M]: M[Name] extends Member<unknown, true> ? Name : never;
}[keyof M];

/** The TypeScript type of the input that `members` declare: required members always there, the others maybe. */
export type InputOf<M extends Members> = {
  [Name in RequiredNames<M>]: ValueOf<M[Name]>;
} & { [Name in Exclude<keyof M, RequiredNames<M>>]?: ValueOf<M[Name]> };

export function required<Value>(member: Member<Value, false>): Member<Value, true> {
  return { ...member, required: true };
}

/** A member that is `fallback` when the client leaves it out. */
export function withDefault<Value>(fallback: Value, member: Member<Value, false>): Member<Value, true> {
  return { ...member, required: true, fallback };
}

/** A member, and one sentence for learners on what it is for. The outermost one counts. */
export function about<Value, Required extends boolean>(
  sentence: string,
  member: Member<Value, Required>,
): Member<Value, Required> {
  return { ...member, about: sentence };
}

/** A member that CloudTrail never shows. Blobs are hidden anyway. */
export function hidden<Value, Required extends boolean>(
  member: Member<Value, Required>,
): Member<Value, Required> {
  return { ...member, shape: { ...member.shape, hidden: true } };
}

function optional<Value>(shape: AnyShape): Member<Value, false> {
  return { shape, required: false };
}

export const string = (constraints: Omit<StringShape, 'type'> = {}) =>
  optional<string>({ type: 'string', ...constraints });

/** A string out of a closed set. */
export const oneOf = <const Value extends string>(values: readonly Value[]) =>
  optional<Value>({ type: 'string', values });

export const blob = (constraints: Omit<BlobShape, 'type'> = {}) =>
  optional<Uint8Array<ArrayBuffer>>({ type: 'blob', ...constraints });

export const integer = (constraints: Omit<IntegerShape, 'type'> = {}) =>
  optional<number>({ type: 'integer', ...constraints });

export const boolean = () => optional<boolean>({ type: 'boolean' });

/** Epoch seconds on the wire, milliseconds here. */
export const timestamp = () => optional<number>({ type: 'timestamp' });

/** A map from string to string. */
export const stringMap = () => optional<Record<string, string>>({ type: 'map' });

export const list = <Value>(of: Member<Value>, constraints: Omit<ListShape, 'type' | 'of'> = {}) =>
  optional<Value[]>({ type: 'list', of: of.shape, ...constraints });

export const structure = <M extends Members>(members: M) =>
  optional<InputOf<M>>({ type: 'structure', members });
