/** The parts of a KMS key's ARN (AWS General Reference, "Amazon Resource Names"; KMS, "Key identifiers"). */
export type ArnPartName = 'arn' | 'partition' | 'service' | 'region' | 'account' | 'resource' | 'keyId';

export interface ArnPart {
  name: ArnPartName;
  text: string;
  /** What stands before it in the ARN. */
  separator: '' | ':' | '/';
}

const names: readonly ArnPartName[] = [
  'arn',
  'partition',
  'service',
  'region',
  'account',
  'resource',
  'keyId',
];

/** Takes a key's ARN apart. Empty for anything else. */
export function arnParts(arn: string): ArnPart[] {
  const found = /^(arn):([^:]+):(kms):([^:]+):(\d{12}):(key)\/(.+)$/.exec(arn);
  if (!found) return [];
  return names.map((name, index) => ({
    name,
    text: found[index + 1]!,
    separator: index === 0 ? '' : name === 'keyId' ? '/' : ':',
  }));
}

/** A multi-Region key's id is the same in all its Regions, and begins so. */
export const isMultiRegionId = (keyId: string): boolean => keyId.startsWith('mrk-');

/** The Region in a key's ARN; '' for anything else. */
export const regionIn = (arn: string): string => arn.split(':')[3] ?? '';
