import { bytesToHex } from '@noble/hashes/utils.js';
import { parseCiphertextBlob, type CiphertextBlob } from '../hsm/ciphertext-blob.ts';
import type { TraceRecord } from '../trace/trace.ts';
import type { RequestLine } from './look.ts';

/** Keeps the traces of the latest requests. What lists and pictures need of all of them at once is in memory. */
export interface TraceKeeper {
  /** Oldest first. */
  readonly lines: readonly RequestLine[];
  /** Every operation that occurs in `lines`, in alphabetical order. */
  readonly operations: string[];
  add(trace: TraceRecord): void;
  read(requestId: string): Promise<TraceRecord | undefined>;
  /** How many ciphertext blobs were made under this material. */
  ciphertexts(materialId: string): number;
  /** The request that made this blob. */
  makerOf(blob: CiphertextBlob): string | undefined;
  /** Resolves when all that was added will survive the end of the process, where anything does. */
  flush(): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** What is remembered of each trace, whatever becomes of the trace itself. */
export interface TraceNote {
  line: RequestLine;
  /** The ciphertext blobs that it made, each as `blobId` has it. */
  blobs: string[];
}

/** No two blobs have the same: material id and the nonce of the per-call key. */
export function blobId({ materialId, nonce }: CiphertextBlob): string {
  return `${materialId}/${bytesToHex(nonce)}`;
}

/** What is to be remembered of a trace. */
export function noteOf(trace: TraceRecord): TraceNote {
  const { requestId, eventId, operation, principalArn, keyArn, time, status, errorName } = trace;
  const line: RequestLine = {
    requestId,
    operation,
    time,
    status,
    ...(eventId !== undefined && { eventId }),
    ...(principalArn !== undefined && { principalArn }),
    ...(keyArn !== undefined && { keyArn }),
    ...(errorName !== undefined && { errorName }),
  };
  return { line, blobs: blobsMade(trace) };
}

function blobsMade({ steps }: TraceRecord): string[] {
  const ids = new Set<string>();
  for (const { fields } of steps) {
    for (const { layout, direction, value } of fields) {
      if (layout !== 'ciphertext-blob' || direction !== 'out' || !(value instanceof Uint8Array)) continue;
      const blob = parseCiphertextBlob(value);
      if (blob) ids.add(blobId(blob));
    }
  }
  return [...ids];
}

/** Notes of the latest requests, found by what pictures ask for. */
export class TraceNotes {
  readonly #limit: number;
  #notes: TraceNote[] = [];
  #lines: RequestLine[] = [];
  readonly #makers = new Map<string, string>();
  readonly #ciphertexts = new Map<string, number>();
  readonly #operations = new Map<string, number>();

  /** @param limit how many are kept at least; never twice as many */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get lines(): readonly RequestLine[] {
    return this.#lines;
  }

  get operations(): string[] {
    return [...this.#operations]
      .filter(([, count]) => count > 0)
      .map(([name]) => name)
      .sort();
  }

  /** Gives the ids of the requests that are forgotten for it: none, mostly. */
  add(note: TraceNote): string[] {
    this.#notes.push(note);
    this.#lines.push(note.line);
    count(this.#operations, note.line.operation, 1);
    for (const id of note.blobs) {
      this.#makers.set(id, note.line.requestId);
      count(this.#ciphertexts, materialOf(id), 1);
    }
    // Many at a time, since taking one off the front costs as much.
    return this.#notes.length > this.#limit + this.#limit / 10 ? this.#forget(this.#limit) : [];
  }

  ciphertexts(materialId: string): number {
    return this.#ciphertexts.get(materialId) ?? 0;
  }

  makerOf(blob: CiphertextBlob): string | undefined {
    return this.#makers.get(blobId(blob));
  }

  clear(): void {
    this.#forget(0);
  }

  #forget(kept: number): string[] {
    const forgotten = this.#notes.splice(0, this.#notes.length - kept);
    this.#lines = this.#lines.slice(forgotten.length);
    for (const { line, blobs } of forgotten) {
      count(this.#operations, line.operation, -1);
      for (const id of blobs) {
        this.#makers.delete(id);
        count(this.#ciphertexts, materialOf(id), -1);
      }
    }
    return forgotten.map(({ line }) => line.requestId);
  }
}

/** The material that a blob of this `blobId` was made under. */
function materialOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function count(counts: Map<string, number>, name: string, change: number): void {
  counts.set(name, (counts.get(name) ?? 0) + change);
}

/** Keeps traces while the process lasts. */
export function memoryTraces(limit = 1000): TraceKeeper {
  const notes = new TraceNotes(limit);
  const traces = new Map<string, TraceRecord>();
  return {
    get lines() {
      return notes.lines;
    },
    get operations() {
      return notes.operations;
    },
    add(trace) {
      traces.set(trace.requestId, trace);
      for (const requestId of notes.add(noteOf(trace))) traces.delete(requestId);
    },
    read: (requestId) => Promise.resolve(traces.get(requestId)),
    ciphertexts: (materialId) => notes.ciphertexts(materialId),
    makerOf: (blob) => notes.makerOf(blob),
    flush: () => Promise.resolve(),
    clear() {
      notes.clear();
      traces.clear();
      return Promise.resolve();
    },
    close() {},
  };
}
