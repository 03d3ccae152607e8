import type { JsonValue } from '../../trace/trace.ts';
import type { Grant, GrantFinding, GrantPartFinding } from '../types.ts';
import { namedBy } from './principal.ts';
import type { Question } from './question.ts';

/** A part of a grant: whether it fits the request, and the same told in words. */
interface Part {
  part: GrantPartFinding['part'];
  /** What the grant says in this part; `undefined` when it has no such part. */
  wanted(grant: Grant): JsonValue | undefined;
  found(question: Question): JsonValue;
  matches(grant: Grant, question: Question): boolean;
  why(grant: Grant, question: Question, matched: boolean): string;
}

/** Whether a grant allows the request, if whoever it names is allowed to use it. */
export function grantFits(grant: Grant, question: Question): boolean {
  return parts.every((part) => part.wanted(grant) === undefined || part.matches(grant, question));
}

/** The same in words and values, part by part. */
export function describeGrant(grant: Grant, question: Question): GrantFinding {
  const findings = parts.flatMap((part): GrantPartFinding[] => {
    const wanted = part.wanted(grant);
    if (wanted === undefined) return [];
    const matched = part.matches(grant, question);
    const why = part.why(grant, question, matched);
    return [{ part: part.part, matched, wanted, found: part.found(question), why }];
  });
  return {
    grantId: grant.grantId,
    ...(grant.name !== undefined && { name: grant.name }),
    matched: findings.every(({ matched }) => matched),
    parts: findings,
  };
}

/** An ARN, or the name of a service. */
export function granteeOf({ granteePrincipal, granteeServicePrincipal }: Grant): string {
  return granteePrincipal ?? granteeServicePrincipal ?? '';
}

const grantee: Part = {
  part: 'Grantee',
  wanted: granteeOf,
  found: ({ caller }) => caller.arn,
  matches: (grant, { caller }) => namedBy(granteeOf(grant), caller) !== 'nobody',
  why(grant, { caller }) {
    const { name, accountId } = caller.principal;
    return {
      everyone: 'It is given to everyone.',
      session: 'It is given to this session.',
      principal: `It is given to ${name}.`,
      account: `It is given to account ${accountId}, whose identity policies say who may use it.`,
      nobody: `It is not given to ${name}.`,
    }[namedBy(granteeOf(grant), caller)];
  },
};

/** GrantOperation values are the names of actions without `kms:`. */
const operationOf = ({ action }: Question): string => action.replace(/^kms:/, '');

const operations: Part = {
  part: 'Operations',
  wanted: (grant) => [...grant.operations],
  found: operationOf,
  matches: (grant, question) => grant.operations.includes(operationOf(question)),
  why: (_grant, question, matched) =>
    matched ? `It lists ${operationOf(question)}.` : `It does not list ${operationOf(question)}.`,
};

/**
 * Operations on a symmetric key that take an encryption context. The constraints about it are ignored in all others
 * (KMS API Reference, GrantConstraints); CreateGrant has to hand them on instead.
 */
const withContext = new Set([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]);

type Context = Readonly<Record<string, string>>;

const holds = (context: Context, pairs: Context): boolean =>
  Object.entries(pairs).every(([name, value]) => context[name] === value);

function contextPart(
  part: 'EncryptionContextEquals' | 'EncryptionContextSubset',
  pairsOf: (grant: Grant) => Context | undefined,
  fits: (context: Context, pairs: Context) => boolean,
  asked: string,
): Part {
  const isIgnored = (question: Question) => !withContext.has(operationOf(question));
  return {
    part,
    wanted: (grant) => pairsOf(grant) && { ...pairsOf(grant) },
    found: ({ request }) => ({ ...request.encryptionContext }),
    matches: (grant, question) =>
      isIgnored(question) || fits(question.request.encryptionContext ?? {}, pairsOf(grant) ?? {}),
    why: (_grant, question, matched) => {
      if (isIgnored(question)) return `It does not apply to ${operationOf(question)}.`;
      return `The encryption context ${matched ? 'has' : 'does not have'} ${asked}.`;
    },
  };
}

/** The same as a condition on aws:SourceArn, but compared whole; it does not apply to RetireGrant. */
const sourceArn: Part = {
  part: 'SourceArn',
  wanted: (grant) => grant.constraints?.sourceArn,
  found: (question) => sourceArnOf(question) ?? null,
  matches: (grant, question) =>
    operationOf(question) === 'RetireGrant' || sourceArnOf(question) === grant.constraints?.sourceArn,
  why(grant, question, matched) {
    if (operationOf(question) === 'RetireGrant') return 'It does not apply to RetireGrant.';
    return matched
      ? `The request is made on behalf of ${grant.constraints?.sourceArn}.`
      : `The request is not made on behalf of ${grant.constraints?.sourceArn}.`;
  },
};

function sourceArnOf(question: Question): string | undefined {
  return question.valuesOf('aws:SourceArn')?.[0];
}

const parts: readonly Part[] = [
  grantee,
  operations,
  contextPart(
    'EncryptionContextEquals',
    ({ constraints }) => constraints?.encryptionContextEquals,
    (context, pairs) => holds(context, pairs) && holds(pairs, context),
    'exactly these pairs',
  ),
  contextPart(
    'EncryptionContextSubset',
    ({ constraints }) => constraints?.encryptionContextSubset,
    holds,
    'all of these pairs',
  ),
  sourceArn,
];
