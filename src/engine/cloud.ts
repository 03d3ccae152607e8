import type { Clock } from './clock/clock.ts';
import { systemClock } from './clock/clock.ts';
import { systemRandomness, type Randomness } from './clock/randomness.ts';
import { recorder, trail } from './cloudtrail/recorder.ts';
import { cloudTrailService } from './cloudtrail/service.ts';
import { createGateway } from './gateway/gateway.ts';
import type { GatewayOptions } from './gateway/gateway-options.ts';
import type { Hsm } from './hsm/hsm.ts';
import { credentials, foundPrincipals } from './iam/founding.ts';
import { keys } from './kms/records.ts';
import { kmsService } from './kms/service.ts';
import { tokens } from './kms/tokens.ts';
import type { CloudView, Identity, Observation } from './observation.ts';
import type { TraceRecord } from './trace/trace.ts';
import type { VaultAdapter } from './vault/adapter.ts';
import { openVault } from './vault/open-vault.ts';
import { table, VaultError, type Vault } from './vault/vault.ts';

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

export interface CloudOptions extends Pick<GatewayOptions, 'throttle' | 'onDefect' | 'sourceIp'> {
  /** Where the storage layer's records last. */
  adapter: VaultAdapter;
  hsm: Hsm;
  /** The machine's time and random numbers unless told. */
  clock?: Clock;
  randomness?: Randomness;
}

/** What the storage layer knows of the module that it belongs with: one record, under `foundation`. */
const foundations = table<{ domainKeyId: string; time: number }>('cloud');
const foundation = 'foundation';

/**
 * Opens the cloud that the adapter holds, or founds one. Rejects with `VaultError` when the storage cannot be
 * read, and when the module is not the one that sealed the keys in it.
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { adapter, hsm, clock = systemClock, randomness = systemRandomness, ...hooks } = options;
  const vault = await openVault({ adapter, clock });
  await found(vault, hsm, clock, randomness);
  const listeners = new Set<(observation: Observation) => void>();

  async function view(): Promise<CloudView> {
    return {
      keys: vault.count(keys),
      zones: tokens.count(vault).map(({ zone, records }) => ({ name: zone, tokens: records })),
      hsm: await hsm.view(),
      auditRecords: vault.count(trail),
      durability: vault.durability,
    };
  }

  async function tell(trace: TraceRecord): Promise<void> {
    const observation = { trace, view: await view() };
    for (const listener of listeners) listener(observation);
  }

  const gateway = createGateway({
    ...hooks,
    vault,
    services: [kmsService({ hsm, clock, randomness }), cloudTrailService()],
    clock,
    randomness,
    recorder: recorder(randomness),
    observer: {
      get watching() {
        return listeners.size > 0;
      },
      take: (trace) => void tell(trace).catch((error: unknown) => hooks.onDefect?.(error, trace.requestId)),
    },
  });

  /** Requests that are on their way, and the reset that new ones wait for. */
  const underWay = new Set<Promise<Response>>();
  let resetting: Promise<void> | undefined;

  /** The records go first: a crash in between leaves an empty vault, which is founded at the next start. */
  async function beginAnew(): Promise<void> {
    await Promise.allSettled(underWay);
    await vault.clear();
    await hsm.zeroise();
    await found(vault, hsm, clock, randomness);
  }

  return {
    async fetch(request) {
      while (resetting) await resetting.catch(() => undefined);
      const answer = gateway.handle(request);
      underWay.add(answer);
      try {
        return await answer;
      } finally {
        underWay.delete(answer);
      }
    },
    observe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    view,
    identities: () => identitiesIn(vault),
    flush: () => vault.flush(),
    async reset() {
      resetting ??= beginAnew();
      try {
        await resetting;
      } finally {
        resetting = undefined;
      }
    },
    close: () => vault.close(),
  };
}

/** Gives a new cloud its principals; holds an old one against the module that it is opened with. */
async function found(vault: Vault, hsm: Hsm, clock: Clock, randomness: Randomness): Promise<void> {
  const { domainKeyId } = await hsm.view();
  const known = vault.get(foundations, foundation);
  if (known && known.domainKeyId !== domainKeyId) {
    throw new VaultError(
      'The cryptographic module has lost the domain key that seals this cloud’s keys, so none of them can be used any more. Reset this cloud to begin anew.',
      'replaced',
    );
  }
  if (known) return;
  await vault.transact('founding', (transaction) => {
    transaction.put(foundations, foundation, { domainKeyId, time: clock.now() });
    foundPrincipals(transaction, { randomness, time: clock.now() });
  });
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
