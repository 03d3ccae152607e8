import type { Observation } from '../../src/engine/observation.ts';
import { kms, signedRequest } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** A handful of real requests, well and badly ended, as the glass gets to see them. */
export async function observedRequests() {
  const cloud = await openTestCloud();
  const seen: Observation[] = [];
  const stop = cloud.observe((observation) => void seen.push(observation));
  const ada = kms(cloud);

  /** Does `work`, which may be refused, and gives what was seen of its last request. */
  const watch = async (work: () => Promise<unknown>): Promise<Observation> => {
    const before = seen.length;
    await work().catch(() => undefined);
    const last = seen.at(-1);
    if (!last || seen.length === before) throw new Error('Nothing was observed.');
    return last;
  };

  let keyId = '';
  let blob = new Uint8Array();
  const createKey = await watch(async () => {
    keyId = (await ada.createKey({})).KeyMetadata?.KeyId ?? '';
  });
  const createAlias = await watch(() => ada.createAlias({ AliasName: 'alias/demo', TargetKeyId: keyId }));
  const encrypt = await watch(async () => {
    const Plaintext = new TextEncoder().encode('hello');
    blob = Uint8Array.from((await ada.encrypt({ KeyId: 'alias/demo', Plaintext })).CiphertextBlob ?? []);
  });
  const decrypt = await watch(() => ada.decrypt({ CiphertextBlob: blob }));
  const altered = await watch(() =>
    ada.decrypt({ CiphertextBlob: blob.map((byte, at) => (at === blob.length - 1 ? byte ^ 1 : byte)) }),
  );
  const mallory = await watch(() => kms(cloud, 'Mallory').decrypt({ CiphertextBlob: blob }));
  const notFound = await watch(() => ada.describeKey({ KeyId: 'alias/missing' }));
  const forged = await watch(async () => {
    const request = await signedRequest(cloud, { target: 'TrentService.ListKeys', body: '{}' });
    await cloud.fetch(new Request(request, { body: '{"Limit":1}' }));
  });
  stop();
  return { createKey, createAlias, encrypt, decrypt, altered, mallory, notFound, forged };
}
