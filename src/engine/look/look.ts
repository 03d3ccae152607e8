import type { KeyState } from '../kms/key-states.ts';
import type { DueKind } from '../kms/timeline/due.ts';
import type { GrantRecord } from '../kms/grants/records.ts';
import type { KeyMaterial, KeyRecord } from '../kms/records.ts';
import type { BackingKeySpec } from '../hsm/hsm.ts';
import type { CloudTrailRecord } from '../cloudtrail/types.ts';
import type { AccessKey, Account, Principal } from '../iam/types.ts';
import type { DescribedCloud } from '../scenario/describe-cloud.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { JsonObject } from '../service/service.ts';
import type { Step, TraceRecord } from '../trace/trace.ts';
import type { CopyState, Zone } from '../vault/zones.ts';

/**
 * What can be asked of the cloud through the glass. One way only: a look changes nothing, wakes nothing that is due,
 * and leaves no record in the audit trail. Nothing that is seen is key material. All times are milliseconds since the
 * Unix epoch. Where a query takes `at`, it is answered as of the commit with that sequence number; without it, as of
 * now.
 */
export interface Looks {
  /** The time line: what happened, oldest first. */
  moments: { query: MomentQuery; answer: MomentPage };
  /** What time will bring about, the soonest first. */
  upcoming: { query: Record<string, never>; answer: Upcoming[] };
  /** Requests whose traces are kept, newest first. */
  requests: { query: RequestQuery; answer: RequestPage };
  /** `null`: its trace is not kept. */
  trace: { query: { requestId: string }; answer: TraceRecord | null };
  /** `null`: no such record as of then. */
  audit: { query: { requestId: string } & AsOf; answer: CloudTrailRecord | null };
  keys: { query: AsOf; answer: KeyLine[] };
  /** `null`: no such key as of then. */
  key: { query: { keyArn: string } & AsOf; answer: KeyAnatomy | null };
  storage: { query: StorageQuery; answer: StorageView };
  /** What can be told of a ciphertext blob. `null`: the bytes are none. */
  blob: { query: { blob: Uint8Array } & AsOf; answer: BlobOrigin | null };
  /** How a cloud like this one could be founded. */
  scenario: { query: AsOf; answer: ScenarioView };
  /** Who there is, and what their policies say. */
  principals: { query: AsOf; answer: PrincipalsView };
  /** What would become of a request, judged as a real one is. Nobody makes it. */
  simulate: { query: SimulationQuery; answer: Simulation };
}

export type LookName = keyof Looks;

/** One look: its name with its query. */
export type Look<Name extends LookName = LookName> = {
  [Each in Name]: { name: Each; query: Looks[Each]['query'] };
}[Name];

/** Sequence number of the commit after which to look. */
export interface AsOf {
  at?: number;
}

/** `founding`: the cloud was made. `due`: time brought it about. `operator`: an act that is no request of AWS. */
export type MomentKind = 'founding' | 'request' | 'due' | 'operator';

/** One thing that happened. Requests that changed nothing may share a commit, and so a sequence number. */
export interface Moment {
  sequence: number;
  time: number;
  kind: MomentKind;
  /** Operation, `DueKind` or the act's name. */
  name: string;
  requestId?: string;
  eventId?: string;
  principalArn?: string;
  /** The first is what it was about. */
  keyArns: string[];
  /** The error's name, for a request that was refused. */
  errorName?: string;
  /** At most 100. */
  changes: MomentChange[];
  /** How many there were beyond those. */
  moreChanges?: number;
}

export type ChangedThing =
  | 'key'
  | 'material'
  | 'copy'
  | 'alias'
  | 'policy'
  | 'grant'
  | 'tags'
  | 'rotation'
  | 'principal'
  | 'key-store'
  | 'domain-key'
  | 'clock';

export interface MomentChange {
  what: ChangedThing;
  /** `shredded`: removed, with every image of it in the journal. */
  how: 'made' | 'changed' | 'removed' | 'shredded';
  /** An ARN, an alias's name, a KeyMaterialId, a zone, a Region … */
  subject: string;
  keyArn?: string;
  /** For a key's state, a material's state, the number of copies: before and after. */
  from?: string;
  to?: string;
}

export interface MomentQuery {
  keyArn?: string;
  principalArn?: string;
  kind?: MomentKind;
  name?: string;
  /** Only those that changed something. */
  changing?: boolean;
  /** Index of the first wanted among those that fit; a negative one counts from the end. */
  from?: number;
  /** At most 1,000; 200 unless told. */
  limit?: number;
}

export interface MomentPage {
  /** How many fit. */
  total: number;
  /** Index of the first given. */
  from: number;
  moments: Moment[];
  /** The oldest commit as of which the cloud can still be seen, and the latest. */
  first: number;
  last: number;
}

export interface Upcoming {
  time: number;
  kind: DueKind | 'DomainKeyRotation';
  keyArn?: string;
  /** ARN, custom key store id or Region. */
  subject: string;
  /** A KeyMaterialId, say. */
  detail?: string;
}

export interface RequestQuery {
  operation?: string;
  outcome?: 'ok' | 'refused';
  keyArn?: string;
  /** Leaves out what these principals asked. */
  without?: string[];
  from?: number;
  /** At most 1,000; 200 unless told. */
  limit?: number;
}

/** What a list shows of a trace. */
export type RequestLine = Pick<
  TraceRecord,
  'requestId' | 'eventId' | 'operation' | 'principalArn' | 'keyArn' | 'time' | 'status' | 'errorName'
>;

export interface RequestPage {
  total: number;
  requests: RequestLine[];
  /** Every operation that occurs, in alphabetical order. */
  operations: string[];
}

/** One line of the list of keys. */
export interface KeyLine extends Pick<
  KeyRecord,
  | 'keyId'
  | 'accountId'
  | 'region'
  | 'spec'
  | 'usage'
  | 'origin'
  | 'manager'
  | 'state'
  | 'description'
  | 'created'
  | 'multiRegion'
> {
  keyArn: string;
  aliases: string[];
  materials: number;
}

/** One sealed key (EKT) as the storage layer holds it. */
export interface StoredToken {
  keyArn: string;
  materialId: string;
  spec: BackingKeySpec;
  /** Imported material: its loss is the customer's to mend. */
  imported: boolean;
  /** Which zone holds what. `domainKeyId` is the generation of the copy; `aad` is what its seal binds it to. */
  copies: {
    zone: Zone;
    state: CopyState;
    domainKeyId?: string;
    sealed?: Uint8Array;
    iv?: Uint8Array;
    aad?: string;
  }[];
  /** Ciphertexts made under it, among the requests whose traces are kept. */
  ciphertexts?: number;
}

export interface StorageQuery extends AsOf {
  region?: string;
  keyArn?: string;
  /** Only sealed keys of which some copy is missing or corrupt, or of which no good copy is left. */
  only?: 'damaged' | 'lost';
  from?: number;
  /** At most 500; 100 unless told. */
  limit?: number;
}

export interface StorageView {
  zones: { name: Zone; good: number; missing: number; corrupt: number }[];
  /** Sealed keys of which no good copy is left. */
  lost: number;
  total: number;
  /** How many fit `only`; `tokens` is a page of those. */
  matching: number;
  tokens: StoredToken[];
}

export interface MaterialView extends Omit<KeyMaterial, 'id'> {
  materialId: string;
  copies: StoredToken['copies'];
  /** Ciphertexts made under it, among the requests whose traces are kept. */
  ciphertexts: number;
}

/** An operation that would bring the key into another state, or that its present state forbids. */
export interface Transition {
  operation: string;
  to: KeyState | 'deleted';
  /** The error's name where the present state does not allow it. */
  refused?: string;
}

export interface KeyAnatomy
  extends
    Omit<KeyLine, 'materials'>,
    Pick<KeyRecord, 'policy' | 'tags' | 'rotation' | 'onDemandRotations' | 'deletion' | 'publicKey'> {
  grants: GrantRecord[];
  materials: MaterialView[];
  customKeyStoreId?: string;
  /** KMS's own tracking: GetKeyLastUsage. */
  lastUsage?: { operation: string; time: number; eventId: string };
  /** Who used it, from the audit trail as of then; the busiest first, at most 20. */
  users: { principalArn: string; calls: number; refused: number; last: number; operations: string[] }[];
  transitions: Transition[];
  /** What will happen to it. */
  upcoming: Upcoming[];
  /** Only when looking back: its sealed keys have been shredded since, so it can be seen, and never brought back. */
  shreddedSince?: { sequence: number; time: number };
}

export interface BlobOrigin {
  materialId: string;
  /** Absent: no key of this cloud has this material. */
  keyArn?: string;
  state?: KeyState;
  materialState?: MaterialView['state'];
  /** Whether a good copy of the sealed key is left. */
  openable: boolean;
  /** The request that made it, where its trace is kept, and the encryption context that it was made with. */
  madeBy?: { requestId: string; operation: string; time: number; context: Record<string, string> };
}

/** One access key of a principal, without its secret. */
export interface SessionView extends Omit<AccessKey, 'secretAccessKey' | 'sessionToken' | 'principalArn'> {
  /** The caller as AWS prints it. */
  arn: string;
  isTemporary: boolean;
}

export interface ScenarioView extends DescribedCloud {
  /** What this cloud was founded from, where that was a scenario: with its seed, if it has one, it makes the same keys. */
  foundedFrom?: Scenario;
}

export interface PrincipalsView {
  principals: (Principal & { sessions: SessionView[] })[];
  /** Those that more is known of than their number. */
  accounts: Account[];
}

export interface SimulationQuery extends AsOf {
  principalArn: string;
  /** Which of the principal's access keys; the first unless told. */
  accessKeyId?: string;
  region: string;
  operation: string;
  /** The request's JSON. Members that are bytes may be missing. */
  input: JsonObject;
  /** By the cloud's clock; now unless told. */
  time?: number;
  sourceIp?: string;
  userAgent?: string;
  /** An AWS service passes the request on for the principal: `s3.amazonaws.com`. */
  viaService?: string;
  /** The principal has signed in with a second factor. */
  mfa?: boolean;
  /** What the request brings besides: an endpoint's `aws:SourceVpce`, say, or an enclave's registers. */
  conditionKeys?: Record<string, string[]>;
  /** Judge as if this were the key's policy. */
  draft?: { keyArn: string; policy: string };
}

export interface Simulation {
  /** What each room says until one refuses. Decisions stand in their fields, as in a trace. */
  steps: Step[];
  /** What AWS would answer; absent where nothing stands in the way of the operation's work. */
  error?: { name: string; message: string };
  /** Why the draft is no policy for this key; then nothing was judged. */
  draftRefused?: { name: string; message: string };
}
