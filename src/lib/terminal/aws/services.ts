/** The services that `aws` knows here, and their operations. */
import type { OperationModel } from '$lib/operations/model.ts';
import { getCallerIdentity, lookupEvents, operations } from '$lib/operations/operations.ts';
import type { ServiceName } from './call/service.ts';

export interface ServiceModel {
  name: ServiceName;
  title: string;
  about: string;
  operations: readonly OperationModel[];
}

export const services: readonly ServiceModel[] = [
  {
    name: 'cloudtrail',
    title: 'AWS CloudTrail',
    about: 'The record of who asked for what, and how it was answered.',
    operations: [lookupEvents],
  },
  {
    name: 'kms',
    title: 'AWS Key Management Service',
    about: 'Makes keys, keeps them in hardware security modules, and uses them for those who may.',
    operations,
  },
  {
    name: 'sts',
    title: 'AWS Security Token Service',
    about: 'Here it only tells who you are.',
    operations: [getCallerIdentity],
  },
];
