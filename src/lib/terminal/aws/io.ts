import type { Door } from '$lib/cloud/signed-client.ts';
import type { Identity } from '$engine/observation.ts';

/** All that `aws` has of the world around it. */
export interface AwsIo {
  /** Where its requests go. */
  door: Door;
  /** The principals of the cloud; each is a profile, by its name. */
  identities: readonly Identity[];
  /** Whose credentials the default profile has. */
  principal: Identity | undefined;
  region: string;
  /** Rejects with an Error whose `code` is `ENOENT`, `EISDIR` and so on, as Node has it. */
  readFile: (path: string) => Promise<Uint8Array>;
  env: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal, for tables; 80 unless told, as where the output is no terminal. */
  columns?: number;
}

export interface AwsResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** What goes into a request and comes out of a reply: JSON, with blobs as bytes and times as `Date`. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Date
  | readonly Value[]
  | { [name: string]: Value };

export type Values = Record<string, Value>;

export function isMap(value: unknown): value is Values {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Date)
  );
}
