import { finishConnecting, finishDisconnecting } from '../custom-key-stores/connection.ts';
import type { DueHandlers } from './settle.ts';

/** What to do when a time has come, by kind. */
export const dueHandlers: DueHandlers = {
  AutomaticRotation: () => {},
  OnDemandRotation: () => {},
  KeyDeletion: () => {},
  MaterialExpiry: () => {},
  ReplicaReady: () => {},
  PrimaryRegionUpdated: () => {},
  CustomKeyStoreConnection: finishConnecting,
  CustomKeyStoreDisconnection: finishDisconnecting,
};
