/** How much of each thing an account may have (KMS Developer Guide, "Resource quotas"). */
export interface ResourceQuotas {
  /** Customer managed keys in each account and Region, in any state. */
  keys: number;
  aliasesPerKey: number;
  grantsPerKey: number;
  /** In each account and Region. */
  customKeyStores: number;
  tagsPerKey: number;
  /** In the whole life of a key. */
  onDemandRotationsPerKey: number;
}

export const awsResourceQuotas: ResourceQuotas = {
  keys: 100_000,
  aliasesPerKey: 50,
  grantsPerKey: 50_000,
  customKeyStores: 10,
  tagsPerKey: 50,
  onDemandRotationsPerKey: 25,
};
