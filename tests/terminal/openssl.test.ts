import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runOpenssl } from '../../src/lib/terminal/openssl/openssl.ts';
import { available } from '../support/programs.ts';

/** Both programs work in one folder, so that each finds the other's files. */
let folder: string;

const hasProgram = available('openssl', ['version']);

interface Outcome {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** Latin-1, so that every byte is a character. */
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function ours(line: string, stdin = ''): Promise<Outcome> {
  const { stdout, stderr, exitCode } = await runOpenssl(wordsOf(line), {
    stdin: Buffer.from(stdin, 'latin1'),
    env: new Map([['PASSWORD', 'from the environment']]),
    read: async (path) => new Uint8Array(readFileSync(join(folder, path))),
    write: async (path, bytes) => writeFileSync(join(folder, path), bytes),
  });
  return { stdout: latin1(stdout), stderr, exitCode };
}

function theirs(line: string, stdin = ''): Outcome {
  const { stdout, stderr, status } = spawnSync('openssl', wordsOf(line), {
    cwd: folder,
    input: Buffer.from(stdin, 'latin1'),
    env: { ...process.env, PASSWORD: 'from the environment' },
  });
  // The queue of internal errors has addresses and the program's own source lines in it.
  const said = stderr.toString().replace(/^[\dA-F]{12,16}:error:.*\n/gm, '');
  return { stdout: latin1(stdout), stderr: said, exitCode: status ?? -1 };
}

/** Words are apart by spaces; `'…'` holds some together. */
function wordsOf(line: string): string[] {
  return (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
}

const key = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const iv = '000102030405060708090a0b0c0d0e0f';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  writeFileSync(join(folder, 'hello'), 'hello\n');
  writeFileSync(
    join(folder, 'bytes'),
    Uint8Array.from({ length: 256 }, (_, index) => index),
  );
  writeFileSync(
    join(folder, 'digest'),
    Uint8Array.from({ length: 32 }, (_, index) => 255 - index),
  );
  if (!hasProgram) return;
  const make = (line: string) => execFileSync('openssl', wordsOf(line), { cwd: folder, stdio: 'pipe' });
  make('genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem');
  make('pkey -in rsa.pem -pubout -out rsa-pub.pem');
  make('rsa -in rsa.pem -traditional -out rsa-old.pem');
  make('rsa -in rsa.pem -RSAPublicKey_out -out rsa-pub-old.pem');
  make('pkey -in rsa.pem -outform DER -out rsa.der');
  make('pkey -in rsa.pem -pubout -outform DER -out rsa-pub.der');
  for (const curve of ['P-256', 'P-384', 'P-521', 'secp256k1']) {
    make(`genpkey -algorithm EC -pkeyopt ec_paramgen_curve:${curve} -out ${curve}.pem`);
    make(`pkey -in ${curve}.pem -pubout -out ${curve}-pub.pem`);
  }
  make('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out peer.pem');
  make('pkey -in peer.pem -pubout -out peer-pub.pem');
  for (const name of ['ed25519', 'x25519']) {
    make(`genpkey -algorithm ${name} -out ${name}.pem`);
    make(`pkey -in ${name}.pem -pubout -out ${name}-pub.pem`);
  }
  make('genpkey -algorithm x25519 -out x-peer.pem');
  make('pkey -in x-peer.pem -pubout -out x-peer-pub.pem');
  make('dgst -sha256 -sign rsa.pem -out rsa.sig hello');
  make('dgst -sha256 -sign P-256.pem -out ec.sig hello');
  make('pkeyutl -encrypt -pubin -inkey rsa-pub.pem -in digest -out oaep1.bin -pkeyopt rsa_padding_mode:oaep');
  make(`enc -aes-256-cbc -pbkdf2 -k secret -in bytes -out salted.bin`);
  make(`enc -id-aes256-wrap-pad -K ${key} -iv A65959A6 -in hello -out wrapped.bin`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What has one right answer: text for text and byte for byte. */
const sameLines = [
  'dgst -sha256 hello',
  'dgst hello',
  'dgst -sha1 hello bytes',
  'dgst -sha384 -r hello',
  'dgst -sha512 -c hello',
  'dgst -sha256 -binary hello',
  'dgst -sha3-256 hello',
  'dgst -md5 hello',
  'sha256 hello',
  'sha512 -hex bytes',
  'dgst -sha256 -hmac key hello',
  `dgst -sha512 -mac HMAC -macopt hexkey:${key} hello`,
  'dgst -sha256 -mac HMAC -macopt key:secret -binary hello',
  'dgst -sha256 -sign rsa.pem hello',
  'dgst -sha256 -hex -sign rsa.pem hello',
  'dgst -sha384 -sign rsa-old.pem hello',
  'dgst -sha256 -verify rsa-pub.pem -signature rsa.sig hello',
  'dgst -sha256 -prverify rsa.pem -signature rsa.sig hello',
  'dgst -sha512 -verify rsa-pub.pem -signature rsa.sig hello',
  'dgst -sha256 -verify P-256-pub.pem -signature ec.sig hello',
  'dgst -sha256 -verify P-256-pub.pem -signature ec.sig bytes',
  'dgst -sha256 -verify P-256-pub.pem -signature hello hello',
  'dgst -sha256 -verify rsa-pub.pem hello',
  'dgst -sha256 -sign rsa.pem -sigopt nosuch:1 hello',
  'dgst -nosuch hello',
  'dgst -sha256 -sign rsa-pub.pem hello',
  'dgst -sha256 -sign missing.pem hello',
  'dgst -sign ed25519.pem hello',
  'pkey -in rsa.pem',
  'pkey -in rsa.der',
  'pkey -in rsa-old.pem -text',
  'pkey -in rsa.pem -pubout',
  'pkey -pubin -in rsa-pub.pem -text -noout',
  'pkey -pubin -in rsa-pub.der -inform DER',
  'pkey -in rsa.pem -pubout -outform DER',
  'pkey -in rsa.pem -noout -text_pub',
  'pkey -in rsa.pem -check -noout',
  'pkey -in hello',
  'pkey -in missing.pem',
  'pkey -in rsa-pub.pem',
  'pkey -pubin -in hello',
  'pkey -nosuch',
  'rsa -in rsa.pem',
  'rsa -in rsa.pem -traditional',
  'rsa -in rsa.pem -pubout',
  'rsa -in rsa-old.pem -noout -modulus',
  'rsa -in rsa.pem -noout -text',
  'rsa -in rsa.pem -RSAPublicKey_out',
  'rsa -pubin -in rsa-pub.pem -noout -text',
  'rsa -RSAPublicKey_in -in rsa-pub-old.pem -pubout',
  'rsa -in P-256.pem',
  'rsa -in rsa.pem -outform DER',
  'pkey -in rsa.pem -outform DER',
  'pkey -in ed25519.pem -outform DER',
  'pkcs8 -topk8 -nocrypt -in P-256.pem -outform DER',
  'pkcs8 -topk8 -nocrypt -in rsa-old.pem',
  'ec -in P-256.pem',
  'ec -in P-384.pem -pubout',
  'ec -in secp256k1.pem -noout -text',
  'pkey -in P-256.pem -text',
  'pkey -in P-384.pem -text -noout',
  'pkey -in P-521.pem -text -noout',
  'pkey -in P-521.pem -outform DER',
  'pkey -in secp256k1.pem -text',
  'pkey -pubin -in P-256-pub.pem -text -noout',
  'pkey -in ed25519.pem -text',
  'pkey -pubin -in ed25519-pub.pem -text -noout',
  'pkey -in x25519.pem -pubout',
  'ecparam -name prime256v1',
  'ecparam -name secp384r1',
  'ecparam -name secp256r1',
  'pkeyutl -decrypt -inkey rsa.pem -in oaep1.bin -pkeyopt rsa_padding_mode:oaep',
  'pkeyutl -decrypt -inkey rsa.pem -in oaep1.bin -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256',
  'pkeyutl -encrypt -pubin -inkey rsa-pub.pem -in bytes',
  'pkeyutl -sign -inkey rsa.pem -in digest -pkeyopt digest:sha256',
  'pkeyutl -sign -inkey rsa.pem -in digest',
  'pkeyutl -sign -inkey rsa.pem -in hello -rawin -digest sha512',
  'pkeyutl -sign -inkey rsa.pem -in hello -pkeyopt digest:sha256',
  'pkeyutl -sign -inkey ed25519.pem -in hello -rawin',
  'pkeyutl -sign -inkey ed25519.pem -in hello',
  'pkeyutl -verify -pubin -inkey rsa-pub.pem -in hello -rawin -sigfile rsa.sig',
  'pkeyutl -verify -pubin -inkey rsa-pub.pem -in digest -pkeyopt digest:sha256 -sigfile rsa.sig',
  'pkeyutl -derive -inkey P-256.pem -peerkey peer-pub.pem',
  'pkeyutl -derive -inkey x25519.pem -peerkey x-peer-pub.pem',
  'pkeyutl -derive -inkey P-384.pem -peerkey peer-pub.pem',
  'pkeyutl -in hello',
  'pkeyutl -nosuch',
  'pkeyutl -encrypt -inkey missing.pem',
  `enc -aes-256-cbc -K ${key} -iv ${iv} -in hello`,
  `enc -aes-256-cbc -K ${key} -iv ${iv} -in hello -a`,
  `enc -aes256 -e -K ${key} -iv ${iv} -in bytes -base64 -A`,
  `aes-128-cbc -K ${iv} -iv ${iv} -in bytes`,
  `enc -aes-192-ecb -K ${key} -in hello -a`,
  `enc -aes-256-ctr -K ${key} -iv ${iv} -in bytes`,
  `enc -aes-256-cbc -K ${key} -iv ${iv} -in bytes -nopad`,
  `enc -aes-256-cbc -K 00 -iv 00 -in hello -a`,
  `enc -aes-256-cbc -K ${key}${key} -iv ${iv} -in hello -a`,
  `enc -aes-256-cbc -K zz -iv ${iv} -in hello`,
  `enc -aes-256-cbc -K ${key} -in hello`,
  `enc -d -aes-256-cbc -K ${key} -iv ${iv} -in bytes`,
  `enc -d -aes-256-cbc -K ${key} -iv ${iv} -in hello`,
  'enc -aes-256-cbc -pbkdf2 -S 0001020304050607 -k secret -in hello -a',
  'enc -aes-256-cbc -pbkdf2 -iter 1000 -md sha512 -S 0001020304050607 -pass env:PASSWORD -in hello -a -p',
  'enc -aes-256-cbc -pbkdf2 -S 0001020304050607 -pass file:hello -P',
  'enc -aes-256-cbc -S 0001020304050607 -pass pass:secret -in hello -a',
  'enc -aes-256-cbc -nosalt -k secret -in hello -a -p',
  'enc -d -aes-256-cbc -pbkdf2 -k secret -in salted.bin',
  'enc -d -aes-256-cbc -pbkdf2 -k wrong -in hello',
  'enc -d -aes-256-cbc -pbkdf2 -k secret -in bytes',
  `enc -id-aes256-wrap-pad -K ${key} -iv A65959A6 -in hello`,
  `enc -id-aes128-wrap-pad -K ${iv} -iv A65959A6 -in bytes`,
  `enc -id-aes256-wrap -K ${key} -iv A6A6A6A6A6A6A6A6 -in digest -a`,
  `enc -d -id-aes256-wrap-pad -K ${key} -iv A65959A6 -in wrapped.bin`,
  `enc -d -id-aes256-wrap-pad -K ${key} -iv A65959A6 -in digest`,
  `enc -aes-256-gcm -K ${key} -iv ${iv} -in hello`,
  'enc -nosuch -in hello',
  `enc -aes-256-cbc -K ${key} -iv ${iv} -in missing`,
  'base64 -in bytes',
  'base64 -A -in bytes',
  'enc -base64 -in bytes',
  'asn1parse -in rsa.pem',
  'asn1parse -in rsa.pem -i',
  'asn1parse -in rsa-old.pem',
  'asn1parse -inform DER -in rsa-pub.der -strparse 19',
  'asn1parse -inform DER -in ec.sig',
  'asn1parse -in P-256.pem -offset 6',
  'asn1parse -in hello',
  'rand -hex nosuch',
  'rand -nosuch 1',
  'genpkey -algorithm nosuch',
  'nosuch',
];

/** What comes by a pipe. */
const pipedLines: [line: string, stdin: string][] = [
  ['dgst -sha256', 'hello\n'],
  ['base64', 'hello'],
  ['base64 -d', 'AAECAw==\n'],
  ['base64 -d', `${'QUJD'.repeat(16)}\n${'QUJD'.repeat(4)}\n`],
  ['base64 -d -A', 'AAECAw=='],
  ['enc -base64 -d', 'aGVsbG8K\n'],
  [`enc -aes-256-cbc -K ${key} -iv ${iv}`, 'hello'],
];

describe.runIf(hasProgram)('openssl gives what the program gives', () => {
  test.for(sameLines)('%s', async (line) => {
    expect(await ours(line)).toEqual(theirs(line));
  });

  test.for(pipedLines)('%s, piped', async ([line, stdin]) => {
    expect(await ours(line, stdin)).toEqual(theirs(line, stdin));
  });
});

type Program = (line: string) => Promise<Outcome> | Outcome;

/** What one makes, by chance in part, the other takes; `make` writes `x.bin`, and `take` reads it. */
const exchanges: { make: string; take: string; expected?: string }[] = [
  ...['', '-pkeyopt rsa_oaep_md:sha256', '-pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha1'].map(
    (more) => ({
      make: `pkeyutl -encrypt -pubin -inkey rsa-pub.pem -in digest -out x.bin -pkeyopt rsa_padding_mode:oaep ${more}`,
      take: `pkeyutl -decrypt -inkey rsa.pem -in x.bin -out y.bin -pkeyopt rsa_padding_mode:oaep ${more}`,
      expected: 'digest',
    }),
  ),
  {
    make: 'pkeyutl -encrypt -pubin -inkey rsa-pub.der -keyform DER -in hello -out x.bin',
    take: 'pkeyutl -decrypt -inkey rsa.pem -in x.bin -out y.bin',
    expected: 'hello',
  },
  ...['digest', '32', 'max', '-1'].map((length) => ({
    make: `dgst -sha256 -sign rsa.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:${length} -out x.bin hello`,
    take: `dgst -sha256 -verify rsa-pub.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:${length} -signature x.bin hello`,
  })),
  {
    make: 'dgst -sha512 -sign rsa.pem -sigopt rsa_padding_mode:pss -out x.bin hello',
    take: 'dgst -sha512 -verify rsa-pub.pem -sigopt rsa_padding_mode:pss -signature x.bin hello',
  },
  {
    make: 'pkeyutl -sign -inkey rsa.pem -in digest -out x.bin -pkeyopt rsa_padding_mode:pss -pkeyopt digest:sha256',
    take: 'pkeyutl -verify -pubin -inkey rsa-pub.pem -in digest -sigfile x.bin -pkeyopt rsa_padding_mode:pss -pkeyopt digest:sha256',
  },
  ...['P-256', 'P-384', 'P-521', 'secp256k1'].map((curve) => ({
    make: `dgst -sha384 -sign ${curve}.pem -out x.bin hello`,
    take: `dgst -sha384 -verify ${curve}-pub.pem -signature x.bin hello`,
  })),
  {
    make: 'pkeyutl -sign -inkey P-256.pem -in digest -out x.bin',
    take: 'pkeyutl -verify -pubin -inkey P-256-pub.pem -in digest -sigfile x.bin',
  },
  {
    make: 'pkeyutl -sign -inkey ed25519.pem -rawin -in hello -out x.bin',
    take: 'pkeyutl -verify -pubin -inkey ed25519-pub.pem -rawin -in hello -sigfile x.bin',
  },
  {
    make: 'enc -aes-256-cbc -pbkdf2 -pass pass:secret -in bytes -out x.bin',
    take: 'enc -d -aes-256-cbc -pbkdf2 -pass pass:secret -in x.bin -out y.bin',
    expected: 'bytes',
  },
  {
    make: 'enc -aes-256-cbc -k secret -a -in bytes -out x.bin',
    take: 'enc -d -aes-256-cbc -k secret -a -in x.bin -out y.bin',
    expected: 'bytes',
  },
  { make: 'genrsa -out x.bin 1024', take: 'rsa -check -noout -in x.bin' },
  { make: 'genrsa -traditional -out x.bin 1024', take: 'rsa -check -noout -in x.bin' },
  {
    make: 'genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out x.bin',
    take: 'pkey -check -noout -in x.bin',
  },
  {
    make: 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out x.bin',
    take: 'ec -check -noout -in x.bin',
  },
  { make: 'ecparam -name secp256k1 -genkey -noout -out x.bin', take: 'ec -check -noout -in x.bin' },
  { make: 'genpkey -algorithm ED25519 -out x.bin', take: 'pkey -check -noout -in x.bin' },
];

describe.runIf(hasProgram)('openssl and the program take what the other makes', () => {
  const directions: [name: string, maker: Program, taker: Program][] = [
    ['made here', ours, theirs],
    ['taken here', theirs, ours],
  ];
  describe.for(directions)('%s', ([, maker, taker]) => {
    test.for(exchanges)('$make', async ({ make, take, expected }) => {
      expect(await maker(make)).toMatchObject({ exitCode: 0 });
      expect(await taker(take)).toMatchObject({ exitCode: 0 });
      if (expected !== undefined) expect(read('y.bin')).toEqual(read(expected));
    });
  });

  test('random bytes are as many as asked for, in each form', async () => {
    expect((await ours('rand 40')).stdout).toHaveLength(40);
    expect((await ours('rand -hex 40')).stdout).toMatch(/^[\da-f]{80}\n$/);
    expect((await ours('rand -base64 48')).stdout).toMatch(/^[\w+/]{64}\n$/);
    await ours('rand -out x.bin 100000');
    expect(read('x.bin')).toHaveLength(100_000);
    expect((await ours('rand -hex 32')).stdout).not.toBe((await ours('rand -hex 32')).stdout);
  });
});

function read(name: string): Buffer {
  return readFileSync(join(folder, name));
}

test('the version says that it is not the program', async () => {
  expect((await ours('version')).stdout).toContain('Glass KMS');
});
