import { string, stringMap, structure } from '../../declaration/members.ts';

/** Members that the operations about grants share. */

export const principal = () => string({ min: 1, max: 256, pattern: '^[\\w+=,.@:/-]+$' });

export const servicePrincipal = () => string({ min: 1, max: 128 });

export const grantId = () => string({ min: 1, max: 128 });

export const grantName = () => string({ min: 1, max: 256, pattern: '^[a-zA-Z0-9:/_-]+$' });

export const grantConstraints = () =>
  structure({
    EncryptionContextSubset: stringMap(),
    EncryptionContextEquals: stringMap(),
    SourceArn: string({ min: 20, max: 512 }),
  });
