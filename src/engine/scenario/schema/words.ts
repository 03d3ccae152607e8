import * as v from 'valibot';
import type { PolicyPlace } from '../../iam/grammar/policy.ts';
import type { PolicyDocument } from '../../iam/types.ts';
import { policyProblem } from './policy-problem.ts';

/** A member that may be left out, and what it is. */
export function maybe<const Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.exactOptional(v.pipe(schema, v.description(text)));
}

/** A member that must be there, and what it is. */
export function must<const Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}

export const accountId = v.pipe(
  v.string(),
  v.regex(/^\d{12}$/, 'An account id has 12 digits, in quotation marks.'),
);

export const region = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'A Region looks like us-east-1.'),
);

export const text = v.pipe(v.string(), v.minLength(1, 'This must not be empty.'));

export const tags = v.record(text, v.string());

/** A policy as JSON, not as a string; held against IAM's grammar. */
export function policyDocument(place: PolicyPlace) {
  return v.pipe(
    v.custom<PolicyDocument>(
      (value) => typeof value === 'object' && value !== null,
      'A policy document is an object.',
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      const problem = dataset.typed ? policyProblem(dataset.value, place) : undefined;
      if (problem !== undefined) addIssue({ message: problem });
    }),
  );
}

/** A policy that is not a key's. */
export const namedPolicy = named('identity');

/** A resource control policy: it says whom it is about, `*`. */
export const resourceControlPolicy = named('resource-control');

function named(place: PolicyPlace) {
  return v.strictObject({
    name: must(text, 'The name that the policy is shown under.'),
    document: must(policyDocument(place), 'The policy: an object with Version and Statement.'),
  });
}
