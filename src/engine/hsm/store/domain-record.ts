import type { Roster } from '../fleet/roster.ts';
import type { MemberView, OperatorView } from '../hsm.ts';
import type { Secret } from './store.ts';

/**
 * What is kept of a domain. The modules' volatile memory is not: as they start, those in service open the domain keys
 * from the token anew. So a page that is reloaded, or a browser that is restarted, is no power failure: that is
 * `StoredMember.state`, and is kept as well.
 */
export interface StoredDomain {
  region: string;
  /** Counts the changes of this record. */
  revision: number;
  /** The domain token that is in force. */
  token: Uint8Array;
  members: StoredMember[];
  operators: StoredOperator[];
  /**
   * Domain keys from before domains had tokens. They are not extractable, so that no token can hold one: they are
   * handed from module to module as handles, and are gone when no module is in service.
   */
  legacy: Secret[];
}

/** What a module keeps where it needs no power. */
export interface StoredMember extends Pick<MemberView, 'name' | 'place' | 'state' | 'serialNumber'> {
  /** Its own keys; they go with its power, and with its case. */
  keys?: MemberKeys;
  /** Of the last token that it accepted. */
  generation: number;
  /** What it knows of its domain, from that token or from where it was prepared. */
  knows: Roster;
}

export interface MemberKeys {
  /** ECDH P-384, usage `deriveKey`. */
  agreement: Secret;
  /** ECDSA P-384, usage `sign`. */
  signing: Secret;
}

export interface StoredOperator extends OperatorView {
  /** ECDSA P-384, usage `sign`: stands for the token that the operator carries. */
  signing: Secret;
}
