import { expect, it } from 'vitest';
import { storeInput, storeIsComplete, type StoreDraft } from '../../src/lib/console/stores/store-draft.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const draft: StoreDraft = {
  type: 'AWS_CLOUDHSM',
  name: 'mine',
  cluster: 'cluster-2a34b5cdefg',
  password: 'kmsPswd123',
  certificate: 'that of the cluster',
  endpoint: 'https://xks.example.com',
  path: '/kms/xks/v1',
  connectivity: 'PUBLIC_ENDPOINT',
  service: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
  accessKeyId: 'ABCDEFGHIJKLMNOPQRST',
  secret: 'a'.repeat(43),
};

it('asks for a custom key store of either type with what belongs to it, whatever else was filled in', async () => {
  const ada = kms(await openTestCloud());
  await ada.createCustomKeyStore(storeInput(draft));
  const external = { ...draft, name: 'external', type: 'EXTERNAL_KEY_STORE' } as const;
  // Nobody answers there: the request is in order.
  for (const connectivity of ['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'] as const) {
    await expect(ada.createCustomKeyStore(storeInput({ ...external, connectivity }))).rejects.toThrow(
      /^(?!.*(required|valid))/,
    );
  }
});

it('knows when something is missing that the type needs, and does not ask for more', () => {
  expect(storeIsComplete({ ...draft, endpoint: '', secret: '' })).toBe(true);
  expect(storeIsComplete({ ...draft, certificate: '' })).toBe(false);
  const external = { ...draft, type: 'EXTERNAL_KEY_STORE', cluster: '', service: '' } as const;
  expect(storeIsComplete(external)).toBe(true);
  expect(storeIsComplete({ ...external, secret: '' })).toBe(false);
  expect(storeIsComplete({ ...external, connectivity: 'VPC_ENDPOINT_SERVICE' })).toBe(false);
});
