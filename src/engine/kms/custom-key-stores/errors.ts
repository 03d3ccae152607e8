import { AwsError } from '../../errors/aws-error.ts';

/** Errors of custom key stores. AWS documents their names and causes, not their texts: those are ours. */

export const storeNotFound = (idOrName: string) =>
  new AwsError('CustomKeyStoreNotFoundException', `Custom key store '${idOrName}' does not exist.`);

export const nameInUse = (name: string) =>
  new AwsError('CustomKeyStoreNameInUseException', `The custom key store name '${name}' is already in use.`);

/** `must`: what the operation demands, "must be DISCONNECTED". */
export const invalidStoreState = (id: string, state: string, must: string) =>
  new AwsError(
    'CustomKeyStoreInvalidStateException',
    `The ConnectionState of custom key store ${id} is ${state}; it ${must}.`,
  );

export const clusterError = (kind: string, clusterId: string, problem: string) =>
  new AwsError(`CloudHsmCluster${kind}Exception`, `CloudHSM cluster ${clusterId} ${problem}`);

/** The one server fault for a backend that does not answer an operation of the control plane. */
export const dependencyTimeout = () =>
  new AwsError('DependencyTimeoutException', 'The custom key store did not answer in time.', 500);
