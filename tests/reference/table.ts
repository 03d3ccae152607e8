import type { Operation } from '../../src/engine/kms/operation.ts';
import { modelMembers, modelOperations } from '../support/aws-model.ts';
import type { Coverage } from '../support/operation-coverage.ts';

/** The reference page `docs/operations.md`: from the declarations, AWS's model, and the tests that ran. */

const head = `# The operations of AWS KMS

Made by \`npm run reference\` from the declarations in \`src/engine/kms/operations/\`, from AWS's own model of the API (as the SDK for JavaScript carries it), and from a run of the tests. Do not edit it by hand.

A parameter in **bold** is required. One that is ~~struck out~~ is in AWS's model and not here. One with a degree sign (°) is implemented, but no test sends it. _Tests_ counts the requests of the test run that were answered and that were refused, over how many test files.
`;

/** `coverage`: what each test file has sent. */
export function referencePage(operations: readonly Operation[], coverage: readonly Coverage[]): string {
  const implemented = operations.filter(({ name }) => modelOperations.has(name)).length;
  const differing = operations.filter(({ declaration }) => (declaration.differs ?? []).length > 0).length;
  const rows = [...operations]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((operation) => row(operation, coverage));
  return [
    head,
    `${implemented} of the ${modelOperations.size} operations are implemented; ${differing} of them differ from AWS in the ways that the table says.\n`,
    '| Operation | What it does | Parameters | Differs from AWS | Tests |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function row(operation: Operation, coverage: readonly Coverage[]): string {
  const entries = coverage.flatMap((file) => file[operation.name] ?? []);
  const sent = new Set(entries.flatMap(({ members }) => members));
  const succeeded = sum(entries.map((entry) => entry.succeeded));
  const refused = sum(entries.map((entry) => entry.refused));
  const tests =
    entries.length === 0 ? 'none' : `${succeeded} answered, ${refused} refused, ${entries.length} files`;
  return `| ${declaredCells(operation, sent).join(' | ')} | ${tests} |`;
}

/** What does not depend on a test run: name, summary, parameters, differences. Without `sent`, no parameter is marked as untested. */
export function declaredCells({ name, declaration }: Operation, sent?: ReadonlySet<string>): string[] {
  const parameters = modelMembers(modelOperations.get(name)!.input).map((member) => {
    if (!Object.hasOwn(declaration.input, member.name)) return `~~${member.name}~~`;
    const shown = member.required ? `**${member.name}**` : member.name;
    return sent && !sent.has(member.name) ? `${shown}°` : shown;
  });
  return [
    name,
    declaration.summary,
    parameters.join(', ') || 'none',
    (declaration.differs ?? []).join(' ') || 'no',
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
