/** The operations as data. Load it where it is needed, not with the page: it weighs about as much as a picture. */
import type { OperationModel } from './model.ts';
import { operations } from 'virtual:operations';

export { getCallerIdentity, lookupEvents, operations } from 'virtual:operations';

const byName = new Map(operations.map((operation) => [operation.name, operation]));

/** The operation of KMS with this name, such as `CreateKey`. */
export function operationNamed(name: string): OperationModel | undefined {
  return byName.get(name);
}
