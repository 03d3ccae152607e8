/** `help`, made from the same data as the commands themselves. */
import type { MemberModel, OperationModel, ShapeModel } from '$lib/operations/model.ts';
import { services, type ServiceModel } from './services.ts';
import { globalOptions } from './global-options.ts';

const width = 76;

export function topHelp(): string {
  return page('aws', [
    [
      'DESCRIPTION',
      paragraph(
        'The command line of this cloud. It takes what the AWS CLI, version 2, takes, for the services that are here, and sends the same signed requests. What works here works there.',
      ),
    ],
    ['SYNOPSIS', indented(['aws [options] <command> <subcommand> [parameters]'])],
    [
      'GLOBAL OPTIONS',
      indented(globalOptions.map(({ flag, takes }) => flag + (takes === 'one' ? ' <value>' : ''))),
    ],
    [
      'AVAILABLE SERVICES',
      described([
        ...services.map(({ name, title, about }): [string, string] => [name, `${title}. ${about}`]),
        ['configure', 'list-profiles names the principals of this cloud; list and get show what is set.'],
      ]),
    ],
  ]);
}

export function serviceHelp({ name, title, about, operations }: ServiceModel): string {
  return page(name, [
    ['DESCRIPTION', paragraph(`${title}. ${about}`)],
    ['AVAILABLE COMMANDS', described(operations.map(({ cliName, summary }) => [cliName, summary]))],
  ]);
}

export function operationHelp(operation: OperationModel): string {
  const options = operation.input.filter(({ name }) => !isPaging(operation, name));
  const paging = operation.pages
    ? ['[--starting-token <value>]', '[--page-size <value>]', '[--max-items <value>]']
    : [];
  return page(operation.cliName, [
    ['DESCRIPTION', paragraph(operation.summary)],
    [
      'SYNOPSIS',
      indented([
        operation.cliName,
        ...options.map(synopsis),
        ...['[--cli-input-json | --cli-input-yaml]', ...paging, '[--generate-cli-skeleton <value>]'],
      ]),
    ],
    ['OPTIONS', options.flatMap(optionLines)],
    ['OUTPUT', operation.output.flatMap((member) => outputLines(member, 1))],
  ]);
}

/** Paging goes by the AWS CLI's own options; the service's are taken, but not shown. */
function isPaging({ pages }: OperationModel, name: string): boolean {
  return pages !== undefined && (name === pages.marker || name === pages.limit);
}

function synopsis({ cliName, required, shape }: MemberModel): string {
  const text = shape.type === 'boolean' ? `--${cliName} | --no-${cliName}` : `--${cliName} <value>`;
  return required ? text : `[${text}]`;
}

function optionLines({ cliName, about = '', shape, fallback, required }: MemberModel): string[] {
  const head = shape.type === 'boolean' ? `--${cliName} | --no-${cliName}` : `--${cliName}`;
  const notes = [
    about,
    ...(required ? ['[required]'] : []),
    ...valuesOf(shape),
    ...(fallback === undefined || fallback === '' ? [] : [`Without it: ${JSON.stringify(fallback)}.`]),
    ...syntaxOf(shape),
  ];
  return [`       ${head} (${shape.type})`, ...notes.flatMap((note) => paragraph(note, 10)), ''];
}

function valuesOf(shape: ShapeModel): string[] {
  if (shape.type === 'list') return valuesOf(shape.of);
  return shape.type === 'string' && shape.values ? [`One of: ${shape.values.join(', ')}.`] : [];
}

function syntaxOf(shape: ShapeModel): string[] {
  if (shape.type === 'blob') return ['Base64, or a file: fileb://name.'];
  if (shape.type === 'map') return ['Shorthand: name1=value1,name2=value2'];
  const item = shape.type === 'list' ? shape.of : shape;
  if (item.type !== 'structure') return shape.type === 'list' ? ['Several, with blanks between them.'] : [];
  const members = item.members.map(
    ({ name, shape: inner }) => `${name}=${inner.type === 'map' ? '{name=value}' : inner.type}`,
  );
  return [`Shorthand: ${members.join(',')}${shape.type === 'list' ? ' ...' : ''}`];
}

function outputLines({ name, shape }: MemberModel, depth: number): string[] {
  const inner = shape.type === 'list' ? shape.of : shape;
  const line = `${' '.repeat(3 + 4 * depth)}${name} (${shape.type === 'list' ? `list of ${inner.type}` : shape.type})`;
  return [
    line,
    ...(inner.type === 'structure' ? inner.members.flatMap((member) => outputLines(member, depth + 1)) : []),
  ];
}

function page(name: string, sections: [string, string[]][]): string {
  const body = sections.flatMap(([title, lines]) => [title, ...lines, ...(lines.at(-1) === '' ? [] : [''])]);
  return ['NAME', `       ${name}`, '', ...body].join('\n');
}

function described(entries: [string, string][]): string[] {
  return entries.flatMap(([name, about]) => [`       ${name}`, ...paragraph(about, 10)]);
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `       ${line}`);
}

/** Text in lines of a readable length. */
function paragraph(text: string, indent = 7): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => ' '.repeat(indent) + one);
}
