import type { Identity, CloudView, Observation } from './observation.ts';

/** One cloud: a whole KMS with its principals, storage, module and audit trail. */
export interface Cloud {
  /** The only door: an AWS request in, an AWS response out. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** Watches every request from now on. Returns how to stop. While nobody watches, no traces are made. */
  observe(listener: (observation: Observation) => void): () => void;
  view(): Promise<CloudView>;
  /** The principals that a learner may act as, with their access keys. */
  identities(): Identity[];
  /** Makes everything durable that is not yet. Call before the page goes. */
  flush(): Promise<void>;
  /** Forgets everything (records, journal, domain keys) and founds the cloud anew. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
