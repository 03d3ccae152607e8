import { dryRunPassed } from '../errors.ts';
import type { CustomKeyStoreBackends } from './backends.ts';

/**
 * The backends for a dry run: as far as a cluster or a proxy would be asked to work with a key, everything that KMS
 * looks at itself has been found right, and the dry run ends. AWS: KMS Developer Guide, "Testing your AWS KMS API calls".
 */
export function dryBackends({ cloudHsm, xks }: CustomKeyStoreBackends): CustomKeyStoreBackends {
  const passed = () => Promise.reject(dryRunPassed());
  const cipher = () => ({ encrypt: passed, decrypt: passed });
  return {
    ...(cloudHsm && { cloudHsm: { ...cloudHsm, random: passed, cipher } }),
    ...(xks && { xks: { ...xks, cipher } }),
  };
}
