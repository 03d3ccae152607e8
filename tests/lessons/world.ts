import type { Cloud } from '../../src/engine/cloud.ts';
import { cloudTrailClient } from '../../src/lib/cloud/cloudtrail.ts';
import { kmsClient } from '../../src/lib/cloud/kms.ts';
import { emptyDesk, type Desk } from '../../src/lib/lesson/desk.ts';
import { Inspector, type Auditor } from '../../src/lib/lesson/inspector.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** A cloud of one's own with a learner in it, who uses the real SDK. */
export async function openWorld() {
  const cloud = await openTestCloud();
  const desk: Desk = { ...emptyDesk, file: photograph() };
  return {
    desk,
    kms: kms(cloud, 'Ada'),
    mallory: kms(cloud, 'Mallory'),
    fileVault: kms(cloud, 'FileVault'),
    scene: () => ({ cloud: new Inspector(auditor(cloud)), desk }),
  };
}

/** The read-only role that checks look through, with the page's own clients. */
export function auditor(cloud: Cloud): Auditor {
  const signer = () => identity(cloud, 'Auditor');
  return { kms: kmsClient(cloud, signer), trail: cloudTrailClient(cloud, signer) };
}

/** Something larger than 4 KB. */
function photograph(): File {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * index) & 255);
  return new File([bytes], 'photograph.png', { type: 'image/png' });
}
