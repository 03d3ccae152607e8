import { inspectBackup, prepareRestore, writeBackup } from './backup/backup.ts';
import type { BackupSummary } from './backup/contents.ts';
import type { Clock } from './clock/clock.ts';
import { systemClock } from './clock/clock.ts';
import { systemRandomness, type Randomness } from './clock/randomness.ts';
import { recorder as trailRecorder, trail } from './cloudtrail/recorder.ts';
import { cloudTrailService } from './cloudtrail/service.ts';
import { stsService } from './sts/service.ts';
import { createGateway } from './gateway/gateway.ts';
import { localAddress, type GatewayOptions } from './gateway/gateway-options.ts';
import type { WireReply } from './gateway/reply.ts';
import type { Incoming } from './gateway/wire.ts';
import { cloudLife, seedOf, type FoundingOptions } from './founding/life.ts';
import { PassingTime } from './founding/passing-time.ts';
import type { Attestation, Hsm } from './hsm/hsm.ts';
import { credentials } from './iam/founding.ts';
import { noBackends, type CustomKeyStoreBackends } from './kms/custom-key-stores/backends.ts';
import { requestQuotas } from './kms/quotas/request-quotas.ts';
import { reconcileDomains } from './kms/domain-keys/records.ts';
import { keys } from './kms/records.ts';
import { kmsService } from './kms/service.ts';
import { forgetShredded, tokens } from './kms/tokens.ts';
import type { Look, LookName, Looks, Moment } from './look/look.ts';
import { History } from './history/history.ts';
import { undoTo } from './history/undo/undo.ts';
import { looks } from './look/looks.ts';
import { memoryTraces, type TraceKeeper } from './look/traces.ts';
import type { CloudView, Identity, Observation } from './observation.ts';
import type { ActReport, OperatorAct } from './operator/acts.ts';
import { operatorOf } from './operator/operate.ts';
import type { TraceRecord } from './trace/trace.ts';
import type { VaultAdapter } from './vault/adapter.ts';
import { openVault } from './vault/open-vault.ts';
import type { Vault } from './vault/vault.ts';

/** One cloud: a whole KMS with its principals, storage, module and audit trail. */
export interface Cloud {
  /** The only door: an AWS request in, an AWS response out. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** The same door for a server that has taken the request off the wire itself. */
  answer(incoming: Incoming): Promise<WireReply>;
  /**
   * Watches every request from now on. Returns how to stop. While nobody watches, and no traces are to be kept, none
   * are made.
   */
  observe(listener: (observation: Observation) => void): () => void;
  view(): Promise<CloudView>;
  /** Is told of each commit, whoever has caused it. Returns how to stop. */
  follow(listener: (sequence: number) => void): () => void;
  /** Lets happen what is due by now, as each request does before it is served. Never rejects. */
  letTimePass(): Promise<void>;
  /** Looks through the glass; see `Looks`. Nothing changes by it. */
  look<Name extends LookName>(look: Look<Name>): Promise<Looks[Name]['answer']>;
  /**
   * Does what no request of AWS can ask for; see `OperatorAct`.
   * @throws ActRefused with a message for the learner, when it cannot be done; then nothing has changed
   */
  operate(act: OperatorAct): Promise<ActReport>;
  /** The principals that a learner may act as, with their access keys. */
  identities(): Identity[];
  /** The cloud's own time, which can be moved forward; what is due by then has happened when `moveTo` resolves. */
  readonly clock: Clock & { moveTo(time: number): Promise<void> };
  /** An attestation document for a simulated enclave with these registers and RSA public key (DER SPKI). */
  attest(enclave: Pick<Attestation, 'kind' | 'pcrs' | 'publicKey'>): Promise<Uint8Array>;
  /** Makes everything durable that is not yet. Call before the page goes. */
  flush(): Promise<void>;
  /**
   * The whole cloud as one file that only the passphrase opens: records, trail and domain keys, which no script sees.
   * @throws BackupRefused with a message for the learner
   */
  backup(passphrase: string): Promise<Uint8Array<ArrayBuffer>>;
  /** What a backup holds. @throws BackupRefused */
  inspectBackup(file: Uint8Array, passphrase: string): Promise<BackupSummary>;
  /**
   * Puts the cloud in a backup in the place of this one, all or nothing, also should the machine stop meanwhile.
   * @throws BackupRefused; then nothing has changed
   */
  restore(file: Uint8Array, passphrase: string): Promise<void>;
  /** Forgets everything (records, journal, domain keys) and founds the cloud anew. */
  reset(options?: FoundingOptions): Promise<void>;
  close(): Promise<void>;
}

export interface CloudOptions
  extends Pick<GatewayOptions, 'throttle' | 'onDefect' | 'sourceIp' | 'auth'>, FoundingOptions {
  /** Where the storage layer's records last. */
  adapter: VaultAdapter;
  hsm: Hsm;
  /** The machine's time, from which the cloud's own follows. */
  clock?: Clock;
  /** Where a cloud that has no seed draws its random numbers; the platform's generator unless told. */
  randomness?: Randomness;
  /** Keeps every request's trace. Unless told, the latest are kept in memory, and only while somebody watches. */
  traces?: TraceKeeper;
  /** What stands behind custom key stores: nothing, unless told. */
  keyStores?: CustomKeyStoreBackends;
}

/**
 * Opens the cloud that the adapter holds, or founds one. Rejects with `VaultError` when the storage cannot be
 * read, and when the module is not the one that sealed the keys in it.
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { adapter, hsm, clock: wallClock = systemClock, keyStores = noBackends } = options;
  const { throttle, onDefect, sourceIp, auth } = options;
  const life = cloudLife({ hsm, wallClock, randomness: options.randomness ?? systemRandomness });
  const { clock, randomness } = life;
  const vault = await openVault({ adapter, clock });
  const history = new History(vault);
  vault.follow({
    // A module that is gone remembers nothing.
    committed: (commit) => void forgetShredded(hsm, commit).catch(() => undefined),
  });
  const recorder = trailRecorder(randomness, () => vault.count(trail));
  const listeners = new Set<(observation: Observation) => void>();
  const traces = options.traces ?? memoryTraces();
  const kms = kmsService({
    hsm,
    clock,
    randomness,
    keyStores,
    quotas: life.quotas,
    throttle: requestQuotas({ now: () => clock.now(), limits: () => life.requestLimits }),
    reservedKeyIds: life.reservedKeyIds,
    recordServiceEvent: (transaction, event) => recorder.recordServiceEvent(transaction, event),
  });

  const doorway = {
    vault,
    services: [kms, cloudTrailService(), stsService()],
    clock,
    wallClock,
    randomness,
    recorder,
    ...(onDefect && { onDefect }),
    ...(sourceIp !== undefined && { sourceIp }),
  };
  const gateway = createGateway({
    ...doorway,
    ...(throttle && { throttle }),
    ...(auth && { auth }),
    observer: {
      get watching() {
        return listeners.size > 0 || options.traces !== undefined;
      },
      take(trace) {
        traces.add(trace);
        void tell(trace).catch((error: unknown) => onDefect?.(error, trace.requestId));
      },
    },
  });
  /** The same door before anybody is let in: what a scenario wants made is signed by each account's own root. */
  const foundersDoor = createGateway(doorway);

  async function view(): Promise<CloudView> {
    const hsmView = await hsm.view();
    return {
      sequence: vault.sequence,
      clock: { now: clock.now(), pace: life.pace },
      keys: vault.count(keys),
      zones: tokens.count(vault).map(({ zone, records }) => ({ name: zone, tokens: records })),
      hsm: hsmView,
      auditRecords: vault.count(trail),
      durability: vault.durability,
      ...(life.seed !== undefined && { seed: life.seed }),
    };
  }

  async function tell(trace: TraceRecord): Promise<void> {
    if (listeners.size === 0) return;
    const observation = { trace, view: await view() };
    for (const listener of listeners) listener(observation);
  }

  const time = new PassingTime(
    async () => (await kms.settle?.(vault, clock.now())) ?? false,
    (error) => onDefect?.(error, 'due'),
  );

  /** Whatever comes of it, it stands in no request's way. */
  async function passTime(): Promise<void> {
    try {
      life.tick(vault);
      await time.pass();
    } catch {
      // What is due was reported; a vault that is closed or broken answers each request itself.
    }
  }

  /** Requests and acts that are on their way, and the undo or reset that new ones wait for. */
  const underWay = new Set<Promise<unknown>>();
  let standstill: Promise<unknown> | undefined;
  let resetting: Promise<void> | undefined;

  function serve<Answer>(handle: () => Promise<Answer>): Promise<Answer> {
    return admit(() => passTime().then(handle));
  }

  async function admit<Answer>(begin: () => Promise<Answer>): Promise<Answer> {
    while (standstill) await standstill.catch(() => undefined);
    const answer = begin();
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  }

  /** When all that is under way has ended, and before anything else begins: what sets the records and the clock back. */
  async function alone<Answer>(job: () => Promise<Answer>): Promise<Answer> {
    while (standstill) await standstill.catch(() => undefined);
    const turn = Promise.allSettled(underWay).then(job);
    standstill = turn;
    try {
      return await turn;
    } finally {
      standstill = undefined;
    }
  }

  const operator = operatorOf({
    vault,
    hsm,
    clock,
    randomness,
    moveClock: (wanted, commit) => life.moveTo(wanted, commit),
    letTimePass: () => time.passWholly(),
    async undo(sequence, requestId) {
      const report = await undoTo({ vault, history, hsm, now: () => clock.now() }, sequence, requestId);
      life.takeUpClock(vault);
      return report;
    },
    momentsSince: (sequence) => momentsSince(history, sequence),
  });

  /** The records go first: a crash in between leaves an empty vault, which is founded at the next start. */
  async function beginAnew(founding: FoundingOptions): Promise<void> {
    await Promise.all([vault.clear(), traces.clear()]);
    const seed = seedOf(founding);
    await hsm.zeroise(seed === undefined ? {} : { seed });
    await life.found(vault, founding, (incoming) => foundersDoor.answer(incoming));
  }

  async function begin(): Promise<void> {
    await life.begin(vault, options, (incoming) => foundersDoor.answer(incoming));
    const module = await hsm.view();
    await vault.transact('start', (transaction) => reconcileDomains(transaction, module, clock.now()));
  }

  /** The modules of the backup wait beside the present ones until the vault holds the records that are theirs. */
  async function restore(file: Uint8Array, passphrase: string): Promise<void> {
    const { moduleId } = await hsm.view();
    const { records } = await prepareRestore(hsm, file, passphrase);
    try {
      await vault.replace('restore', records);
    } catch (error) {
      // They are forgotten at the next start, if not now.
      await hsm.adopt({ moduleId }).catch(() => undefined);
      throw error;
    }
    await traces.clear();
    await begin();
  }

  // Traces of a cloud that is there no more.
  if (vault.sequence === 0) await traces.clear();
  await begin();

  return {
    fetch: (request) => serve(() => gateway.handle(request)),
    answer: (incoming) => serve(() => gateway.answer(incoming)),
    observe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    view,
    follow: (listener) => vault.follow({ committed: ({ sequence }) => listener(sequence) }),
    letTimePass: () => admit(passTime),
    look: looks({
      vault,
      past: history,
      traces,
      surroundings: () => ({ now: clock.now(), sourceIp: sourceIp ?? localAddress }),
      foundedFrom: () => life.foundedFrom,
    }),
    operate: (act) => (needsStandstill(act) ? alone : admit)(() => operator.operate(act)),
    identities: () => identitiesIn(vault),
    clock: {
      now: () => clock.now(),
      async moveTo(wanted) {
        await admit(() => operator.perform({ act: 'MoveClock', time: wanted }));
      },
    },
    async attest(enclave) {
      return (await hsm.attest({ ...enclave, now: clock.now() })).document;
    },
    async flush() {
      // The page may be gone any moment, so the audit records go first: traces only show what was done.
      await vault.flush();
      await traces.flush();
    },
    backup: (passphrase) => alone(() => writeBackup({ vault, hsm, wallClock }, passphrase)),
    inspectBackup: (file, passphrase) => inspectBackup(file, passphrase),
    restore: (file, passphrase) => alone(() => restore(file, passphrase)),
    async reset(founding = {}) {
      resetting ??= alone(() => beginAnew(founding)).finally(() => (resetting = undefined));
      await resetting;
    },
    async close() {
      traces.close();
      await vault.close();
    },
  };
}

/** What the act is has not been read yet: it may be anything. */
function needsStandstill(act: OperatorAct | null): boolean {
  return act?.act === 'UndoTo';
}

/** Many may share the last commits; a report tells the first of them. */
async function momentsSince(history: History, sequence: number): Promise<Moment[]> {
  const { moments } = await history.moments({ from: -1000, limit: 1000 });
  return moments.filter((moment) => moment.sequence > sequence);
}

function identitiesIn(vault: Vault): Identity[] {
  return credentials(vault).map(({ principal, accessKey }) => ({
    arn: principal.arn,
    name: principal.name,
    type: principal.type,
    accountId: principal.accountId,
    description: principal.description ?? '',
    credentials: {
      accessKeyId: accessKey.accessKeyId,
      secretAccessKey: accessKey.secretAccessKey,
      ...(accessKey.sessionToken !== undefined && { sessionToken: accessKey.sessionToken }),
    },
  }));
}
