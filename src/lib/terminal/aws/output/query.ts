import { compile, TreeInterpreter } from '@jmespath-community/jmespath';
import { CliFailure } from '../failure.ts';
import type { Value } from '../io.ts';

export type Query = (value: Value) => Value;

/**
 * A JMESPath expression.
 * @throws CliFailure when it is none
 */
export function readQuery(expression: string): Query {
  if (expression === '') {
    throw new CliFailure('Bad value for --query : Invalid JMESPath expression: cannot be empty.');
  }
  try {
    const tree = compile(withQuotedLiterals(expression));
    return (value) => TreeInterpreter.search(tree, value as never);
  } catch (error) {
    throw new CliFailure(`Bad value for --query ${expression}: ${(error as Error).message}`);
  }
}

/** Between backticks stands JSON; words without quotes are taken for text, as they once were. */
function withQuotedLiterals(expression: string): string {
  return expression.replace(/`((?:\\`|[^`])*)`/g, (whole, literal: string) => {
    const text = literal.replaceAll('\\`', '`');
    try {
      JSON.parse(text);
      return whole;
    } catch {
      return `\`${JSON.stringify(text.trimStart()).replaceAll('`', '\\`')}\``;
    }
  });
}
