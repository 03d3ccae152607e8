import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * The members of AWS's structures in the order of AWS's model, in which the AWS CLI lists and prints them. The
 * SDK's schemas put the required ones first; its type declarations keep the order.
 */
const entry = createRequire(import.meta.url).resolve('@aws-sdk/client-kms');
const declarations = readFileSync(join(entry, '../../dist-types/models/models_0.d.ts'), 'utf8');

const order = new Map(
  [...declarations.matchAll(/^export interface (\w+) \{(.*?)^\}/gms)].map(([, name, body]) => [
    name!,
    [...body!.matchAll(/^ {4}(\w+)\??: /gm)].map(([, member]) => member!),
  ]),
);

/** `members` as the structure `name` has them in AWS's model. */
export function inOrder<Member extends { name: string }>(name: string, members: Member[]): Member[] {
  const names = order.get(name) ?? [];
  return [...members].sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
}
