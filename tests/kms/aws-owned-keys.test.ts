import { expect, test } from 'vitest';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { noBackends } from '../../src/engine/kms/custom-key-stores/backends.ts';
import { ensureAwsOwnedKey } from '../../src/engine/kms/managed-keys/aws-owned-key.ts';
import type { Rooms } from '../../src/engine/kms/operation.ts';
import { awsResourceQuotas } from '../../src/engine/kms/quotas/resource-quotas.ts';
import { arnOfKey } from '../../src/engine/kms/records.ts';
import { silentTrace } from '../../src/engine/trace/trace.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { refusal, trailOf, twoAccounts } from './support.ts';

const options = { clock: systemClock, randomness: systemRandomness };
const Plaintext = new Uint8Array([1, 2, 3]);

/** A cloud in whose storage S3 has made its own key, as S3 will do it. */
async function world() {
  const adapter = memoryAdapter();
  const hsm = await openHsm({ store: memoryHsmStore(), ...options });
  const scenario = { ...twoAccounts, quotas: { requests: { 'Cryptographic operations (symmetric)': 0 } } };
  const founded = await openTestCloud({ adapter, hsm, scenario, ...options });
  await founded.flush();
  const vault = await openVault({ adapter, clock: systemClock });
  const rooms: Rooms = {
    hsm,
    ...options,
    keyStores: noBackends,
    quotas: awsResourceQuotas,
    recordServiceEvent: () => {},
    reservedKeyIds: ['11111111-2222-3333-4444-555555555555'],
  };
  const ensure = () =>
    vault.transact('s3', (transaction) =>
      ensureAwsOwnedKey(
        { transaction, trace: silentTrace, time: Date.now() },
        rooms,
        'us-east-1',
        's3.amazonaws.com',
      ),
    );
  const key = await ensure();
  expect(await ensure()).toEqual(key);
  expect(rooms.reservedKeyIds).toHaveLength(1);
  const cloud = await openTestCloud({ adapter, hsm, ...options });
  return { cloud, arn: arnOfKey(key), ada: kms(cloud), s3: kms(cloud, 's3.amazonaws.com') };
}

test('an AWS owned key serves its service, without a quota and without a trace in any customer’s trail', async () => {
  const { cloud, arn, s3 } = await world();
  const { CiphertextBlob } = await s3.encrypt({ KeyId: arn, Plaintext });
  expect((await s3.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
  for (const name of ['Ada', 'Bea']) {
    expect((await trailOf(cloud, name)).filter(({ eventName }) => /crypt/.test(String(eventName)))).toEqual(
      [],
    );
  }
});

test('no customer sees it, by no listing and not by its ARN', async () => {
  const { arn, cloud } = await world();
  for (const client of [kms(cloud, 'Ada'), kms(cloud, 'root'), kms(cloud, 'AdaViaS3')]) {
    expect((await client.listKeys({})).Keys).toEqual([]);
    expect(JSON.stringify(await client.listAliases({}))).not.toContain(arn.split('/')[1]);
    expect((await refusal(client.describeKey({ KeyId: arn }))).name).toBe('AccessDeniedException');
    expect((await refusal(client.getKeyPolicy({ KeyId: arn }))).name).toBe('NotFoundException');
    expect((await refusal(client.listGrants({ KeyId: arn }))).name).toBe('AccessDeniedException');
    expect((await refusal(client.decrypt({ KeyId: arn, CiphertextBlob: Plaintext }))).name).toBe(
      'AccessDeniedException',
    );
  }
});
