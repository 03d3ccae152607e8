import { about, string, stringMap, structure } from '../../declaration/members.ts';

/** Members that the operations about grants share. */

export const principal = () =>
  about(
    'The ARN of an account, user, role, or session of one.',
    string({ min: 1, max: 256, pattern: '^[\\w+=,.@:/-]+$' }),
  );

export const servicePrincipal = () =>
  about('An AWS service, by its service principal.', string({ min: 1, max: 128 }));

export const grantId = () => about('The grant, by its id.', string({ min: 1, max: 128 }));

export const grantName = () =>
  about(
    'A name for the grant: who asks for the same grant again under it gets the one that is there.',
    string({ min: 1, max: 256, pattern: '^[a-zA-Z0-9:/_-]+$' }),
  );

export const grantConstraints = () =>
  about(
    'What narrows the grant down to certain requests.',
    structure({
      EncryptionContextSubset: about('Pairs that the encryption context must contain.', stringMap()),
      EncryptionContextEquals: about('Pairs that the encryption context must consist of.', stringMap()),
      SourceArn: about(
        'The resource for which a service acts, as aws:SourceArn says it.',
        string({ min: 20, max: 512 }),
      ),
    }),
  );
