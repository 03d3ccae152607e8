import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMemoryCloud } from '../support/cloud.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import { openTerminal, useOwnStore, type Terminal } from './support.ts';

useOwnStore();

let cloud: Cloud;
let terminal: Terminal;

const keys = {
  ids: ['1234abcd-12ab-34cd-56ef-1234567890ab'],
  arns: ['arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  aliases: ['alias/files', 'alias/mail'],
};

beforeAll(async () => {
  cloud = await openMemoryCloud();
  terminal = await openTerminal(cloud);
  await terminal.say('mkdir -p keys; echo > keys/public.pem; echo > "a file"; echo > plain.txt; SECRET=1');
});

afterAll(async () => {
  terminal.machine.close();
  await cloud.close();
});

/** What is typed, and what is offered in the place of its last word. */
const cases: [line: string, offered: string[]][] = [
  ['open', ['openssl ']],
  ['echo x | xx', ['xxd ']],
  ['cat pl', ['plain.txt ']],
  ['cat keys/', ['keys/public.pem ']],
  ['cat < pl', ['plain.txt ']],
  ['cat a', ['a\\ file ']],
  ['cat "a', ['"a file" ']],
  ['ls ke', ['keys/']],
  ['echo $SEC', ['$SECRET ']],
  ['aws km', ['kms ']],
  ['aws --region eu-central-1 km', ['kms ']],
  ['aws kms schedule', ['schedule-key-deletion ']],
  ['A=$(aws kms schedule', ['schedule-key-deletion ']],
  ['aws sts ', ['get-caller-identity ', 'help ']],
  ['aws kms create-key --key-', ['--key-spec ', '--key-usage ']],
  ['aws kms create-key --key-spec HMAC_2', ['HMAC_224 ', 'HMAC_256 ']],
  ['aws kms create-key --key-spec RSA_2048 --key-s', []],
  [
    'aws kms describe-key --key-id ',
    ['1234abcd-12ab-34cd-56ef-1234567890ab ', 'alias/files ', 'alias/mail '],
  ],
  ['aws kms describe-key --key-id arn', [`${keys.arns[0]} `]],
  ['aws kms delete-alias --alias-name alias/m', ['alias/mail ']],
  ['aws kms encrypt --plaintext ', ['fileb://']],
  ['aws kms encrypt --plaintext fileb://pl', ['plain.txt ']],
  ['aws kms list-keys --output ta', ['table ']],
  ['aws kms list-keys --profile Ad', ['Ada ']],
  ['aws kms replicate-key --replica-region eu-n', ['eu-north-1 ']],
  ['openssl pkeyu', ['pkeyutl ']],
];

test.for(cases)('%s', async ([line, offered]) => {
  const { start, choices } = await terminal.machine.complete(line, line.length, terminal.surroundings, keys);
  expect(choices).toEqual(offered);
  // Whatever is offered goes on from what is typed.
  for (const choice of choices) expect(choice.startsWith(line.slice(start))).toBe(true);
});
