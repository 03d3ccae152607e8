import { validationError } from '../errors.ts';
import { AwsError } from '../../errors/aws-error.ts';
import type { AwsEnum } from '../enums.ts';
import type { GrantRecord } from './records.ts';

/** What CreateGrant is asked for. */
export interface GrantInput {
  GranteePrincipal?: string;
  GranteeServicePrincipal?: string;
  RetiringPrincipal?: string;
  RetiringServicePrincipal?: string;
  Operations: AwsEnum<'GrantOperation'>[];
  Constraints?: ConstraintsInput;
  Name?: string;
}

interface ConstraintsInput {
  EncryptionContextSubset?: Record<string, string>;
  EncryptionContextEquals?: Record<string, string>;
  SourceArn?: string;
}

const mostPairs = 8;
/** Characters of one value of an encryption context in a constraint. */
const longestValue = 384;

/** Holds a grant against the rules that no single member says (KMS API Reference, CreateGrant). Throws ValidationException. */
export function checkGrantTerms(input: GrantInput): void {
  const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal } = input;
  if ((GranteePrincipal === undefined) === (GranteeServicePrincipal === undefined)) {
    throw validationError(
      'You must specify either GranteePrincipal or GranteeServicePrincipal, but not both.',
    );
  }
  if (RetiringPrincipal !== undefined && RetiringServicePrincipal !== undefined) {
    throw validationError(
      'You can specify either RetiringPrincipal or RetiringServicePrincipal, but not both.',
    );
  }
  if (input.Operations.length === 0) throw validationError('A grant must permit at least one operation.');
  if (GranteeServicePrincipal !== undefined) checkServiceGrant(input);
  checkConstraints(input.Constraints);
}

function checkServiceGrant({ Constraints, RetiringPrincipal, RetiringServicePrincipal }: GrantInput): void {
  if (Constraints?.SourceArn === undefined) {
    throw validationError(
      'When you specify a GranteeServicePrincipal, you must also specify a SourceArn grant constraint.',
    );
  }
  if (RetiringPrincipal === undefined && RetiringServicePrincipal === undefined) {
    throw validationError(
      'When you specify a GranteeServicePrincipal, you must specify either a RetiringPrincipal or a RetiringServicePrincipal.',
    );
  }
}

function checkConstraints(constraints: ConstraintsInput = {}): void {
  const { SourceArn, EncryptionContextEquals, EncryptionContextSubset } = constraints;
  for (const context of [EncryptionContextEquals, EncryptionContextSubset]) {
    const values = Object.values(context ?? {});
    if (values.length > mostPairs) {
      throw validationError(`A grant constraint can have at most ${mostPairs} encryption context pairs.`);
    }
    if (values.some((value) => value.length > longestValue)) {
      throw validationError(
        `A value in an encryption context grant constraint can have at most ${longestValue} characters.`,
      );
    }
  }
  if (SourceArn !== undefined && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(SourceArn)) {
    throw new AwsError('InvalidArnException', `Invalid arn ${SourceArn}`);
  }
}

/** A constraint that constrains nothing is none. */
export function constraintsOf({
  Constraints = {},
}: Pick<GrantInput, 'Constraints'>): GrantRecord['constraints'] {
  const {
    EncryptionContextEquals: equals,
    EncryptionContextSubset: subset,
    SourceArn: sourceArn,
  } = Constraints;
  const constraints = {
    ...(equals && { encryptionContextEquals: equals }),
    ...(subset && { encryptionContextSubset: subset }),
    ...(sourceArn !== undefined && { sourceArn }),
  };
  return Object.keys(constraints).length > 0 ? constraints : undefined;
}

/** The encryption context that a grant speaks of, of either kind. */
export function contextOf(constraints: GrantRecord['constraints']): Record<string, string> | undefined {
  return constraints?.encryptionContextEquals ?? constraints?.encryptionContextSubset;
}
