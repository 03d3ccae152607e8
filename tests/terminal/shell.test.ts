import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { breaksOff, isAboutTheEnd } from '../../src/lib/terminal/shell/unfinished.ts';
import { openMemoryCloud } from '../support/cloud.ts';
import { openTerminal, useOwnStore, type Terminal } from './support.ts';

useOwnStore();

let cloud: Cloud;
let terminal: Terminal;

beforeAll(async () => {
  cloud = await openMemoryCloud();
  terminal = await openTerminal(cloud);
});

afterAll(async () => {
  terminal.machine.close();
  await cloud.close();
});

/** Lines that are typed one after the other, and what the last one answers. */
const sessions: [what: string, lines: string[], answer: string][] = [
  ['variables', ['A=1', 'export B=2', 'echo $A $B $C', 'unset A', 'echo [$A]'], '[]\n'],
  ['exported variables alone reach programs', ['N=1', 'export X=2', 'env | grep -E "^(N|X)="'], 'X=2\n'],
  ['the folder', ['mkdir -p d/e', 'cd d/e', 'cd ..', 'pwd; cd'], '/home/you/d\n'],
  ['the status', ['false', 'echo $?'], '1\n'],
  ['Base64 as a here-string', ['base64 -d <<< aGk=; echo "<<< a="'], 'hi<<< a=\n'],
  [
    'options of xargs with their values',
    ['seq 2 | xargs -n1 echo', 'seq 2 | xargs -I{} echo a{}'],
    'a1\na2\n',
  ],
  [
    'bytes through <( )',
    ['printf "\\xff\\xc3\\xa9\\0" > b; xxd -p <(cat b); xxd -p <(printf é)'],
    'ffc3a900\nc3a9\n',
  ],
  [
    'bytes of a loop',
    ['for i in 1 2; do cat b; done > bb; cat bb bb | xxd -p'],
    'ffc3a900ffc3a900ffc3a900ffc3a900\n',
  ],
  ['bytes of a function', ['f() { cat b; }; { f; (cat b); } | xxd -p; f'], 'ffc3a900ffc3a900\n\ufffdé·'],
  [
    'a Region that AWS has not',
    ['aws kms list-keys --region us-east1'],
    '\nCould not connect to the endpoint URL: "https://kms.us-east1.amazonaws.com/"\n',
  ],
  ['a pager', ['echo shown > "a page"', 'less -R "a page"; more < "a page"'], 'shown\nshown\n'],
  ['a program that is not there', ['python3 x'], 'bash: python3: command not found\n'],
  ['functions', ['f() { echo "f $1"; }', 'f x'], 'f x\n'],
  ['functions of a file that is read in', ['echo "g() { echo g; }" > g.sh', '. ./g.sh', 'g'], 'g\n'],
  ['arrays', ['a=(1 "2 3" 4)', 'a+=(5)', 'echo "${a[1]}" ${#a[@]}'], '2 3 4\n'],
  ['associative arrays', ['declare -A m=([x]=y)', 'echo ${m[x]}'], 'y\n'],
  ['aliases', ['alias hi="echo hi"', 'hi there'], 'hi there\n'],
  [
    'options',
    ['set -o pipefail', 'false | true; echo $?', 'set +o pipefail', 'false | true; echo $?'],
    '0\n',
  ],
  ['pipes carry bytes', ['printf "\\xff\\x00\\xe4" > bin', 'cat bin | xxd -p'], 'ff00e4\n'],
  ['here-documents', ['cat <<E\n $((1 + 2))\nE'], ' 3\n'],
  ['nothing comes of /dev/null', ['echo x > /dev/null', 'cat /dev/null'], ''],
  ['random bytes', ['head -c 16 /dev/urandom | wc -c'], '16\n'],
  ['xxd and back', ['printf abc | xxd -p | xxd -r -p'], 'abc'],
  ['xxd as the program prints it', ['printf "0123456789abcdef!" | xxd'], xxdOf('0123456789abcdef!')],
  ['who', ['whoami'], 'you\n'],
  ['the history', ['history'], '    1  first\n    2  second\n'],
  [
    'a profile',
    ['AWS_PROFILE=Auditor aws sts get-caller-identity --query Arn | grep -o Auditor'],
    'Auditor\n',
  ],
  ['words with spaces in arrays', ['declare -A n', 'n=([x]="y z")', 'echo "${n[x]}"'], 'y z\n'],
];

function xxdOf(text: string): string {
  const hex = (part: string) =>
    Buffer.from(part)
      .toString('hex')
      .replace(/.{4}(?=.)/g, '$& ');
  return [text.slice(0, 16), text.slice(16)]
    .map((part, row) => `${(row * 16).toString(16).padStart(8, '0')}: ${hex(part).padEnd(39)}  ${part}\n`)
    .join('');
}

describe('what a line leaves for the next one', () => {
  test.for(sessions)('%s', async ([, lines, answer]) => {
    let said = '';
    for (const line of lines) said = await terminal.say(line);
    expect(said).toBe(answer);
  });

  test('what commands say comes in the order in which they say it', async () => {
    expect(await terminal.say('echo a; ls /nosuch; echo b')).toBe(
      'a\nls: /nosuch: No such file or directory\nb\n',
    );
  });

  test('exit begins a new shell, and the files stay', async () => {
    await terminal.say('Z=1; echo kept > kept.txt; cd /tmp');
    expect(await terminal.type('exit 3')).toMatchObject({ kind: 'exit' });
    expect(await terminal.say('echo [$Z]; cat kept.txt')).toBe('[]\nkept\n');
  });
});

describe('a text that is not whole', () => {
  const unfinished = [
    'echo "a',
    "echo 'a",
    'echo a \\',
    'echo a |',
    'true &&',
    'cat <<E\na',
    'if true; then',
    'f() {',
    'echo $(',
    'for i in 1; do\necho',
  ];
  const whole = [
    'echo a',
    "echo 'it''s' # don't",
    'echo "#"',
    'cat <<E\na\nE',
    'echo a \\\\',
    'cat <<< x',
    'echo )',
  ];

  test.for(unfinished)('asks for more: %s', async (text) => {
    expect((await terminal.type(text)).kind).toBe('unfinished');
  });

  test.for(whole)('is run: %s', async (text) => {
    expect((await terminal.type(text)).kind).toBe('done');
  });

  test('an error in the middle is no end', () => {
    expect(breaksOff('echo )\necho')).toBe(false);
    expect(isAboutTheEnd('Parse error at 1:6: syntax error', 'echo )\necho')).toBe(false);
  });
});

describe('limits', () => {
  test('an endless loop is stopped', async () => {
    const { said, state } = await terminal.type('while true; do :; done');
    expect(said).toBe('bash: too many commands executed (>100000)\n');
    expect(state.status).not.toBe(0);
  });

  test('Ctrl-C ends what waits, with status 130', async () => {
    const run = terminal.type('sleep 30; echo late');
    setTimeout(() => terminal.machine.interrupt(), 50);
    const { said, state } = await run;
    expect(said).not.toContain('late');
    expect(state.status).toBe(130);
  });

  test('a full disk is said, and nothing is half written', async () => {
    const tooMuch = new Uint8Array(65 * 2 ** 20);
    await expect(terminal.machine.put('big', tooMuch)).rejects.toThrow(/space|limit|exceed/i);
    expect(await terminal.say('ls big 2>&1')).toContain('No such file');
  });
});

describe('files', () => {
  test('stay in the learner’s folder, with the next machine', async () => {
    await terminal.say(
      'mkdir -p keep/deep; printf "\\xff\\x01" > keep/deep/bytes; ln -s keep/deep/bytes link; chmod 600 keep/deep/bytes',
    );
    await terminal.say('echo old > gone; rm gone; echo x > /tmp/passing; mv keep moved; cp -r moved copied');
    const next = await openTerminal();
    expect(
      await next.say(
        'xxd -p moved/deep/bytes; xxd -p copied/deep/bytes; readlink link; ls -d keep gone /tmp/passing 2>&1',
      ),
    ).toBe(
      "ff01\nff01\nkeep/deep/bytes\nls: cannot access 'keep': No such file or directory\nls: cannot access 'gone': No such file or directory\nls: cannot access '/tmp/passing': No such file or directory\n",
    );
    next.machine.close();
  });

  test('that one tab writes, the others have', async () => {
    const other = await openTerminal();
    await terminal.say('echo news > news.txt');
    await expect.poll(() => other.say('cat news.txt 2> /dev/null')).toBe('news\n');
    await other.say('rm news.txt');
    await expect.poll(() => terminal.say('ls news.txt 2>&1')).toContain('No such file');
    other.machine.close();
  });

  test('are put in, listed, read, downloaded and deleted', async () => {
    await terminal.machine.put('../evil/name', Uint8Array.of(1, 2));
    expect(await terminal.machine.list()).toContainEqual({ path: '.._evil_name', size: 2, isFolder: false });
    expect(await terminal.machine.read('.._evil_name')).toEqual(Uint8Array.of(1, 2));
    expect(await terminal.say('download .._evil_name nosuch')).toBe(
      'download: nosuch: No such file or directory\n',
    );
    expect(terminal.downloads.get('.._evil_name')).toEqual(Uint8Array.of(1, 2));
    await terminal.machine.remove('.._evil_name');
    await terminal.machine.clear();
    expect(await terminal.machine.list()).toEqual([]);
  });
});
