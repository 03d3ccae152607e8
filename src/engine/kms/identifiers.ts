import { partitionOf } from './regions.ts';

/** Key ids, ARNs and alias names (KMS Developer Guide, "Key identifiers (KeyId)"). */

const keyIdPattern = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;
const arnPattern = /^arn:(aws[a-z-]*):kms:([a-z0-9-]+):([0-9]{12}):(key|alias)\/(.+)$/;

export interface KeyLocation {
  accountId: string;
  region: string;
}

export function keyArn({ accountId, region }: KeyLocation, keyId: string): string {
  return `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${keyId}`;
}

/** `aliasName` with its prefix: `alias/demo`. */
export function aliasArn({ accountId, region }: KeyLocation, aliasName: string): string {
  return `arn:${partitionOf(region)}:kms:${region}:${accountId}:${aliasName}`;
}

/** What a KeyId parameter says, whichever of the four forms it has. */
export type ParsedIdentifier =
  | { kind: 'key'; location?: KeyLocation; keyId: string }
  | { kind: 'alias'; location?: KeyLocation; aliasName: string };

/** `undefined` for text that is none of: key id, key ARN, alias name, alias ARN. */
export function parseIdentifier(text: string): ParsedIdentifier | undefined {
  if (keyIdPattern.test(text)) return { kind: 'key', keyId: text };
  if (text.startsWith('alias/')) return { kind: 'alias', aliasName: text };
  const arn = arnPattern.exec(text);
  if (!arn) return undefined;
  const [, , region, accountId, kind, name] = arn as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const location = { accountId, region };
  if (kind === 'alias') return { kind: 'alias', location, aliasName: `alias/${name}` };
  return { kind: 'key', location, keyId: name };
}
