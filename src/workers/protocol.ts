/**
 * What tabs and the engine worker say to each other.
 *
 * One tab runs the workers; it talks to the engine worker directly. All others talk to it over two
 * BroadcastChannels, in the same messages. Direct for the first because the usual case is one tab: its
 * messages then go to nobody else, bodies are handed over without a copy, and a browser without
 * BroadcastChannel or Web Locks loses nothing but the second tab.
 *
 * Only this origin's own pages can reach the channels. Nothing is gained by that reach: to do anything in
 * the cloud a message must carry a request that is signed as AWS demands, and the access keys to sign with
 * are the learner's to see anyway. Key material of the module never comes here, but sealed in
 * a backup, whose passphrase comes here too.
 */
import type { BackupSummary } from '../engine/backup/contents.ts';
import type { FoundingOptions } from '../engine/founding/life.ts';
import type { Look } from '../engine/look/look.ts';
import type { CloudView, Identity, Observation } from '../engine/observation.ts';
import type { ActReport, OperatorAct } from '../engine/operator/acts.ts';
import type { TraceRecord } from '../engine/trace/trace.ts';

/** From the tab that started it, and only once: begin. */
export interface Start {
  kind: 'start';
  /** False in a browser without Web Locks and BroadcastChannel: then no other tab is listened to. */
  shared: boolean;
}

export type ToEngine =
  /** A new tab wants to know the state. */
  | { kind: 'hello'; from: string }
  /** An AWS request. */
  | {
      kind: 'request';
      from: string;
      /** The engine that it is meant for; another one leaves it alone. */
      engine: string;
      id: number;
      method: string;
      url: string;
      headers: [name: string, value: string][];
      body: Uint8Array<ArrayBuffer> | undefined;
    }
  | { kind: 'command'; from: string; engine: string; id: number; command: Command; founding?: Founding }
  | { kind: 'look'; from: string; engine: string; id: number; look: Look }
  | { kind: 'operate'; from: string; engine: string; id: number; act: OperatorAct }
  | { kind: 'backup'; from: string; engine: string; id: number; job: BackupJob }
  /** To the tab that runs the workers: start them anew. */
  | { kind: 'restart' };

/** With `reset`: how the new cloud is to be founded. */
export type Founding = Pick<FoundingOptions, 'seed' | 'scenario'>;

/**
 * `flush`: make everything durable. `reset`: forget everything and found the cloud anew.
 * `salvage`: where the cloud cannot be opened, hand out what can still be read of its public records.
 */
export type Command = 'flush' | 'reset' | 'salvage';

/**
 * A file with the whole cloud: `write` one, `inspect` what is in one, `restore` the cloud from one. This is neither a
 * request of AWS nor an act on what is there: it takes the cloud along.
 */
export type BackupJob =
  | { do: 'write'; passphrase: string }
  | { do: 'inspect' | 'restore'; passphrase: string; file: Uint8Array };

/** Public records as they are stored: no access keys, and no sealed keys, which nobody else could open. */
export interface Salvage {
  keys: unknown[];
  aliases: unknown[];
  auditTrail: unknown[];
}

/** The state of a cloud that runs. */
export interface Welcome {
  kind: 'welcome';
  /** The tab that asked; absent when it is news for all. */
  to?: string;
  /** Changes when the workers are started anew. */
  engine: string;
  identities: Identity[];
  view: CloudView;
  /** The latest requests, oldest first, at most `recentLimit`. */
  recent: TraceRecord[];
  trouble: string | undefined;
}

export type ToTab =
  /** This worker now is the one engine and listens; to the tab that started it only. */
  | { kind: 'elected' }
  /** This worker ends itself and wants a successor; to the tab that started it only. */
  | { kind: 'ending' }
  | Welcome
  /**
   * The cloud could not be opened; where there is no `engine`, not even that could be started. The message is
   * meant for the learner.
   */
  | { kind: 'failed'; engine: string | undefined; message: string }
  | {
      kind: 'response';
      to: string;
      id: number;
      status: number;
      headers: [name: string, value: string][];
      body: Uint8Array<ArrayBuffer>;
    }
  /** There is no response to a request: the engine broke off. Becomes what a broken network gives. */
  | { kind: 'unanswered'; to: string; id: number; message: string }
  /** The end of a command; `failure` says why it was not done. `salvaged` answers `salvage`. */
  | { kind: 'done'; to: string; id: number; failure?: string; salvaged?: Salvage }
  /** What a look saw, or why it could not. */
  | { kind: 'seen'; to: string; id: number; answer?: unknown; failure?: string }
  /** The end of an operator's act. */
  | { kind: 'operated'; to: string; id: number; report?: ActReport; failure?: string }
  /** The end of a backup's job: the file that was written, or what is in one. */
  | {
      kind: 'backed-up';
      to: string;
      id: number;
      file?: Uint8Array<ArrayBuffer>;
      summary?: BackupSummary;
      failure?: string;
    }
  /** The state after an operator's act, or when time has passed, for all. With the principals, where they are others. */
  | { kind: 'changed'; view: CloudView; identities?: Identity[] }
  /** After each request, whoever made it. */
  | { kind: 'observation'; observation: Observation }
  /** What is wrong with the storage, for the learner; `undefined` when it works again. */
  | { kind: 'trouble'; message: string | undefined };

export const recentLimit = 200;

/** BroadcastChannels: one for each direction, so that tabs need not hear each other. */
export const channelNames = { toEngine: 'glass-kms:to-engine', toTabs: 'glass-kms:to-tabs' } as const;

/** Web Locks. Each is held for as long as its holder lives. */
export const lockNames = {
  /** Held by the tab that runs the workers. */
  tab: 'glass-kms:tab',
  /** Held by the engine worker. Nobody opens the vault's database without it. */
  engine: 'glass-kms:engine',
  /** Held by the module's worker. */
  hsm: 'glass-kms:hsm',
} as const;

/** Between the engine worker and the module's worker. */
export type ToHsmWorker = { kind: 'open'; storage: 'indexeddb' | 'memory'; shared: boolean };

export type FromHsmWorker =
  /** It is open, and serves the engine at the port that comes along. */
  { kind: 'open' } | { kind: 'failed'; message: string };
