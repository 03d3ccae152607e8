/** Made at build time by `scripts/operations-plugin.js`. */
declare module 'virtual:operations' {
  import type { OperationModel } from '$lib/operations/model.ts';

  export const operations: OperationModel[];
  export const lookupEvents: OperationModel;
  export const getCallerIdentity: OperationModel;
}
