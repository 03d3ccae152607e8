/**
 * What page and sandbox say to each other. The page starts a frame of an opaque origin; the frame starts a worker, in
 * which the learner's program runs, and hands it a port to the page. The page takes nothing on trust that comes by it.
 */

/** Of AWS requests and replies. */
export interface WireRequest {
  method: string;
  url: string;
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
}

export interface WireResponse {
  status: number;
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
}

export type OutputLevel = 'log' | 'warn' | 'error';

/** A program, compiled: each file one call of `System.register`. */
export interface CompiledFile {
  /** `index.ts` */
  path: string;
  code: string;
}

/** What a program can import, beside its own files and what there is of Node. */
export const libraryNames = ['@aws-sdk/client-kms', '@aws-crypto/client-browser'] as const;

export type ToWorker =
  /** A library's bundle, which registers itself. */
  | { type: 'library'; name: string; code: string }
  | { type: 'run'; files: CompiledFile[]; entry: string; environment: Record<string, string> }
  | { type: 'response'; id: number; response: WireResponse }
  | { type: 'failure'; id: number; message: string };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'request'; id: number; request: WireRequest }
  | { type: 'output'; level: OutputLevel; text: string }
  /** The program came to its end, or threw; what it threw has been put out. */
  | { type: 'end'; ok: boolean };

/** From page to frame, once. */
export interface FrameStart {
  /** The worker's script. */
  worker: string;
  port: MessagePort;
}

/** From frame to worker, once. */
export interface WorkerStart {
  page: MessagePort;
  crypto: MessagePort;
}

/** What the frame tells its parent when it listens. */
export const frameReady = 'glass-kms-sandbox-ready';

/** How much a program may put out in one run; then it is told so, and silent. */
export const outputLimits = { entries: 2_000, textLength: 20_000, totalLength: 500_000 };

/** Positions in compiled code stand in stacks under this scheme, so that the page can find the source's. */
export const compiledScheme = 'glass:///';
