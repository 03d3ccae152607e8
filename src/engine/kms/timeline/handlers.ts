import { finishConnecting, finishDisconnecting } from '../custom-key-stores/connection.ts';
import { deleteWhenDue } from '../deletion/delete-key.ts';
import { rotateDomainWhenDue } from '../domain-keys/rotate.ts';
import { expireMaterial } from '../import/expiry.ts';
import { finishUpdating } from '../multi-region/primary-region.ts';
import { finishReplica } from '../multi-region/replicate.ts';
import { rotateWhenDue } from '../rotation/automatic.ts';
import { finishOnDemandRotation } from '../rotation/on-demand.ts';
import type { DueHandlers } from './settle.ts';

/** What to do when a time has come, by kind. */
export const dueHandlers: DueHandlers = {
  AutomaticRotation: rotateWhenDue,
  OnDemandRotation: finishOnDemandRotation,
  KeyDeletion: deleteWhenDue,
  MaterialExpiry: expireMaterial,
  ReplicaReady: finishReplica,
  PrimaryRegionUpdated: finishUpdating,
  CustomKeyStoreConnection: finishConnecting,
  CustomKeyStoreDisconnection: finishDisconnecting,
  DomainKeyRotation: rotateDomainWhenDue,
};
