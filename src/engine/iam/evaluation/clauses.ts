import { type JsonValue } from '../../trace/trace.ts';
import type { ClauseFinding, PolicyStatement } from '../types.ts';
import type { Applicable } from './applicable.ts';
import { asList } from './as-list.ts';
import { conditionTests, type ConditionTest } from './condition.ts';
import { actionFits, fits } from './pattern.ts';
import { expand } from './policy-variables.ts';
import { namedIn, sparedBy } from './principal.ts';
import type { Question } from './question.ts';

/** A statement and its place in its document. */
export interface Placed {
  statement: PolicyStatement;
  /** Position in the document, from 0. */
  index: number;
  /** The document's Version. */
  version: string | undefined;
}

/** A kind of clause: whether it fits the request, and the same told in words. */
export interface Clause {
  name: ClauseFinding['clause'];
  matches(placed: Placed, question: Question): boolean;
  /** `matched` is what `matches` has answered; `source` is the policy that the statement is from. */
  explain(
    placed: Placed,
    question: Question,
    matched: boolean,
    source: Applicable,
  ): { found: JsonValue; why: string };
}

const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ');

const principal: Clause = {
  name: 'Principal',
  matches: ({ statement }, { caller }) => namedIn(statement.Principal!, caller) !== 'nobody',
  explain({ statement }, { caller }) {
    const { accountId, name, type } = caller.principal;
    const why = {
      everyone: 'It names everyone.',
      session: 'It names this session.',
      principal: `It names ${name}.`,
      account: `It names account ${accountId}, and so leaves the choice to that account's identity policies.`,
      nobody:
        type === 'Service'
          ? `It does not name ${name}.`
          : `It names neither ${name} nor account ${accountId}.`,
    }[namedIn(statement.Principal!, caller)];
    return { found: caller.arn, why };
  },
};

const notPrincipal: Clause = {
  name: 'NotPrincipal',
  matches: ({ statement }, { caller }) => !sparedBy(statement.NotPrincipal!, caller, statement.Effect),
  explain: (_placed, { caller }, matched) => ({
    found: caller.arn,
    why: matched
      ? `It does not leave out ${caller.principal.name} in every way that it would have to.`
      : `It leaves out ${caller.principal.name}.`,
  }),
};

const actionListed = (patterns: string | string[] | undefined, action: string): string | undefined =>
  asList(patterns).find((pattern) => actionFits(pattern, action));

const action: Clause = {
  name: 'Action',
  matches: ({ statement }, question) => actionListed(statement.Action, question.action) !== undefined,
  explain({ statement }, question) {
    const fitting = actionListed(statement.Action, question.action);
    return {
      found: question.action,
      why: fitting
        ? `"${fitting}" covers ${question.action}.`
        : `${quoted(asList(statement.Action))} does not cover ${question.action}.`,
    };
  },
};

const notAction: Clause = {
  name: 'NotAction',
  matches: ({ statement }, question) => actionListed(statement.NotAction, question.action) === undefined,
  explain({ statement }, question) {
    const fitting = actionListed(statement.NotAction, question.action);
    return {
      found: question.action,
      why: fitting
        ? `"${fitting}" leaves ${question.action} out.`
        : `${quoted(asList(statement.NotAction))} does not leave ${question.action} out.`,
    };
  },
};

function resourceListed(
  patterns: string | string[] | undefined,
  { version }: Placed,
  question: Question,
): string | undefined {
  return asList(patterns).find((text) => {
    // In a key policy `*` is the key that carries it; elsewhere it is everything.
    if (text === '*') return true;
    const expanded = expand(text, question, version);
    return expanded !== undefined && fits(expanded.pattern, question.resource, true);
  });
}

function resourceCovered(text: string, { policy }: Applicable, question: Question): string {
  if (text === '*') return policy === 'key policy' ? '"*" is this key.' : '"*" covers every resource.';
  return `"${text}" covers ${question.resource}.`;
}

const resource: Clause = {
  name: 'Resource',
  matches: (placed, question) => resourceListed(placed.statement.Resource, placed, question) !== undefined,
  explain(placed, question, _matched, source) {
    const fitting = resourceListed(placed.statement.Resource, placed, question);
    return {
      found: question.resource,
      why: fitting
        ? resourceCovered(fitting, source, question)
        : `${quoted(asList(placed.statement.Resource))} does not cover ${question.resource}.`,
    };
  },
};

const notResource: Clause = {
  name: 'NotResource',
  matches: (placed, question) => resourceListed(placed.statement.NotResource, placed, question) === undefined,
  explain(placed, question) {
    const fitting = resourceListed(placed.statement.NotResource, placed, question);
    return {
      found: question.resource,
      why: fitting
        ? `"${fitting}" leaves ${question.resource} out.`
        : `${quoted(asList(placed.statement.NotResource))} does not leave ${question.resource} out.`,
    };
  },
};

/** A test that nobody can decide counts against the caller: it fails an Allow and upholds a Deny. */
function countsAsHeld({ holds }: ConditionTest, { statement }: Placed): boolean {
  return holds ?? statement.Effect === 'Deny';
}

const condition: Clause = {
  name: 'Condition',
  matches(placed, question) {
    for (const test of conditionTests(placed.statement.Condition!, question, placed.version)) {
      if (!countsAsHeld(test, placed)) return false;
    }
    return true;
  },
  explain(placed, question) {
    const tests = [...conditionTests(placed.statement.Condition!, question, placed.version)];
    const found = Object.fromEntries(tests.map((test) => [test.key, test.found ? [...test.found] : null]));
    const failed = tests.filter((test) => !countsAsHeld(test, placed));
    const undecided = tests.filter((test) => test.holds === undefined);
    if (undecided.length > 0) return { found, why: undecided.map(tellUndecided(placed)).join(' ') };
    if (failed.length > 0) return { found, why: failed.map(tellTest).join(' ') };
    return { found, why: tests.length > 0 ? tests.map(tellTest).join(' ') : 'It asks for nothing.' };
  },
};

function tellTest({ operator, key, found, holds }: ConditionTest): string {
  const value = found === undefined ? `the request has no ${key}` : `${key} is ${quoted(found) || 'empty'}`;
  return `${operator} ${holds ? 'holds' : 'fails'}: ${value}.`;
}

const tellUndecided =
  ({ statement }: Placed) =>
  ({ operator, key }: ConditionTest): string =>
    `${operator} on ${key} cannot be decided (unknown operator, or a value not of its kind), ` +
    `so it ${statement.Effect === 'Deny' ? 'counts as met: this is a Deny' : 'counts as failed'}.`;

/** In the order in which a statement is written and read. */
export const clauses: readonly Clause[] = [
  principal,
  notPrincipal,
  action,
  notAction,
  resource,
  notResource,
  condition,
];
