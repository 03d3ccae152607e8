import type { Call } from '../../service/service.ts';
import { addToAudit } from '../module.ts';
import type { CustomKeyStore } from './records.ts';

/** CloudTrail calls the cluster of a request `clusterId` (KMS Developer Guide, "CreateCustomKeyStore"). */
export function auditRequestedCluster({ audit }: Call): void {
  const { cloudHsmClusterId, ...rest } = audit.requestParameters ?? {};
  if (cloudHsmClusterId === undefined) return;
  audit.requestParameters = { ...rest, clusterId: cloudHsmClusterId };
}

/** CloudTrail tells which store it was, and its cluster (KMS Developer Guide, "ConnectCustomKeyStore"). */
export function auditNamedStore(call: Call, { name, backing }: CustomKeyStore): void {
  addToAudit(call, {
    customKeyStoreName: name,
    ...(backing.type === 'AWS_CLOUDHSM' && { clusterId: backing.clusterId }),
  });
}
