import type { Clock } from '../clock/clock.ts';
import type { Randomness } from '../clock/randomness.ts';
import type { TraceRecord } from '../trace/trace.ts';
import type { Vault } from '../vault/vault.ts';
import type { Recorder } from '../service/recorder.ts';
import type { Call, Service } from '../service/service.ts';
import type { WireReply } from './reply.ts';
import type { Incoming } from './wire.ts';

/** Where requests come from where nobody says otherwise. */
export const localAddress = '127.0.0.1';

/** Who watches the requests. */
export interface TraceObserver {
  /** Asked once, when a request comes in; while it is false no trace is made. */
  readonly watching: boolean;
  /** Takes the finished trace, before the reply is handed out. */
  take(trace: TraceRecord): void;
}

export interface GatewayOptions {
  vault: Vault;
  services: readonly Service[];
  clock: Clock;
  randomness: Randomness;
  recorder: Recorder;
  /** Whom requests are taken to come from; `strict` unless told. */
  auth?: Authentication;
  /** The machine's time, which signatures are held against and replies are dated by; `clock` unless told. */
  wallClock?: Clock;
  observer?: TraceObserver;
  /** Where requests come from, for `aws:SourceIp` and CloudTrail; `localAddress` unless told. */
  sourceIp?: string;
  /** Asked for each authenticated call; `true` refuses it with ThrottlingException. */
  throttle?: (call: Call, operation: string) => boolean;
  /** Told of every failure that is a defect of ours; the client gets KMSInternalException with the request id. */
  onDefect?: (defect: unknown, requestId: string) => void;
}

/** `strict`: signatures are verified; `open`: whoever signs, however, acts as the root user of the account. */
export type Authentication = { mode: 'strict' } | { mode: 'open'; accountId: string };

export interface Gateway {
  /** Answers one AWS request. Never rejects. */
  handle(request: Request): Promise<Response>;
  /** The same, for a server that has taken the request off the wire itself. */
  answer(incoming: Incoming): Promise<WireReply>;
}
