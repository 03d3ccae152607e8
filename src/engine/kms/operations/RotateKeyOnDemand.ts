import { required } from '../../declaration/members.ts';
import { keyId } from '../members.ts';
import { refuseReplica } from '../multi-region/family.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { checkOnDemandRotation, startOnDemandRotation } from '../rotation/on-demand.ts';
import { unlessRotatable } from '../rotation/rotatable.ts';

/**
 * RotateKeyOnDemand: begins a rotation now, whatever the automatic ones do. AWS: KMS API Reference,
 * RotateKeyOnDemand.
 */
export const RotateKeyOnDemand = operation('RotateKeyOnDemand', {
  summary: 'Gives a symmetric key new key material now, whatever its automatic rotation.',
  readOnly: false,
  input: { KeyId: required(keyId()) },
  keys: { key: { ...managedKey('kms:RotateKeyOnDemand'), unfit: unlessRotatable } },
  differs: ['A rotation is over after one second; how long AWS takes is not published.'],
  run({ keys: { key }, call, rooms }) {
    refuseReplica(key);
    checkOnDemandRotation(call, key, rooms);
    startOnDemandRotation(call, key);
    call.audit.responseElements = { keyId: arnOfKey(key) };
    return { KeyId: arnOfKey(key) };
  },
});
