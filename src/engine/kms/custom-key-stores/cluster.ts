import { AwsError } from '../../errors/aws-error.ts';
import type { Reader } from '../../vault/vault.ts';
import type { Rooms } from '../operation.ts';
import type { ClusterFacts } from './backends.ts';
import { clusterError } from './errors.ts';
import { clusterOf, storesIn, type CloudHsmBacking, type CustomKeyStore } from './records.ts';

/** A store that is, or is to be, backed by a cluster. */
export type CloudHsmStore = Pick<CustomKeyStore, 'accountId' | 'region' | 'id'> & {
  backing: CloudHsmBacking;
};

/**
 * Holds the cluster of a store that is to be made or changed against AWS's terms (KMS Developer Guide, "Assemble
 * the prerequisites"), as far as anybody knows of clusters. Gives the store's backing with what was learnt.
 * Throws IncorrectTrustAnchorException, or CloudHsmClusterNotFound-, NotActive-, InUse-, NotRelated- or
 * InvalidConfigurationException.
 */
export async function withCluster(
  reader: Reader,
  store: CloudHsmStore,
  rooms: Rooms,
): Promise<CloudHsmBacking> {
  const { backing } = store;
  const facts = await describeCluster(store, rooms);
  checkClusterIsFree(reader, store, facts);
  if (!facts) return backing;
  if (backing.backupHistoryId !== undefined && backing.backupHistoryId !== facts.backupHistoryId) {
    throw clusterError('NotRelated', backing.clusterId, 'has another cluster certificate.');
  }
  requireActiveZones(store, facts, 2);
  if (bare(facts.trustAnchorCertificate) !== bare(backing.trustAnchorCertificate)) {
    throw new AwsError(
      'IncorrectTrustAnchorException',
      `The trust anchor certificate is not that of CloudHSM cluster ${backing.clusterId}.`,
    );
  }
  return { ...backing, backupHistoryId: facts.backupHistoryId };
}

/** Throws unless the store's cluster is active and has active HSMs in so many Availability Zones. */
export async function requireFitCluster(store: CloudHsmStore, rooms: Rooms, zones: number): Promise<void> {
  const facts = await describeCluster(store, rooms);
  if (facts) requireActiveZones(store, facts, zones);
}

/** `undefined` where nobody knows of clusters. Throws CloudHsmClusterNotFound- or NotActiveException. */
async function describeCluster(
  store: CloudHsmStore,
  { keyStores }: Rooms,
): Promise<ClusterFacts | undefined> {
  if (!keyStores.cloudHsm) return undefined;
  const { clusterId } = store.backing;
  const facts = await keyStores.cloudHsm.describe(clusterOf(store, store.backing));
  if (!facts) throw clusterError('NotFound', clusterId, 'was not found.');
  if (facts.state !== 'ACTIVE') throw clusterError('NotActive', clusterId, `is ${facts.state}, not ACTIVE.`);
  return facts;
}

/** Each store has a cluster of its own, and none that was restored from another's backup. */
function checkClusterIsFree(reader: Reader, store: CloudHsmStore, facts: ClusterFacts | undefined): void {
  for (const { id, backing } of storesIn(reader, store)) {
    if (id === store.id || backing.type !== 'AWS_CLOUDHSM') continue;
    const isSame = backing.clusterId === store.backing.clusterId;
    const isRelated = facts !== undefined && backing.backupHistoryId === facts.backupHistoryId;
    if (isSame || isRelated) {
      throw clusterError(
        'InUse',
        store.backing.clusterId,
        `is already associated with custom key store ${id}.`,
      );
    }
  }
}

function requireActiveZones({ backing }: CloudHsmStore, { activeZones }: ClusterFacts, least: number): void {
  if (new Set(activeZones).size >= least) return;
  const needed =
    least === 1 ? 'one active HSM' : `${least} active HSMs, each in a different Availability Zone`;
  throw clusterError('InvalidConfiguration', backing.clusterId, `must have at least ${needed}.`);
}

/** A certificate's text without what an editor may have done to its lines. */
function bare(pem: string): string {
  return pem.replace(/\s+/g, '');
}
