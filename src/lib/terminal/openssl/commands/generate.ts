/** `openssl genrsa`, `genpkey` and `ecparam`: new keys. */
import { objectId } from '../asn1/der.ts';
import { pem } from '../asn1/pem.ts';
import { Failure, type Console } from '../io.ts';
import { curveNamed, curves, type Curve } from '../keys/curves.ts';
import { generateEc, generateOctets, generateRsa } from '../keys/generate.ts';
import type { Key } from '../keys/key.ts';
import { privateFile, privateFileAs, traditionalFile } from '../keys/write.ts';
import { mustBeNumber, pairOf, readOptions } from '../options.ts';
import { outputKey } from '../output-key.ts';

export async function genrsa(console: Console, args: readonly string[]): Promise<void> {
  const options = readOptions('genrsa', args, {
    out: 'value',
    traditional: 'flag',
    3: 'flag',
    F4: 'flag',
    f4: 'flag',
    verbose: 'flag',
  });
  const [size] = options.operands;
  const bits = size === undefined ? 2048 : mustBeNumber('genrsa', size);
  const key = await generateRsa(bits, options.has('3') ? 3n : 65_537n);
  const file = options.has('traditional') ? traditionalFile(key) : privateFile(key);
  await outputKey(console, options.get('out'), file, 'PEM');
}

export async function genpkey(console: Console, args: readonly string[]): Promise<void> {
  const options = readOptions('genpkey', args, {
    out: 'value',
    outform: 'value',
    algorithm: 'value',
    pkeyopt: 'values',
    quiet: 'flag',
  });
  const algorithm = options.get('algorithm');
  if (algorithm === undefined) {
    throw new Failure('genpkey: Use -help for summary.');
  }
  const key = await generated(algorithm, new Map(options.all('pkeyopt').map(parameterOf)));
  const form = options.get('outform');
  await outputKey(console, options.get('out'), privateFileAs(key, form), form);
}

function parameterOf(option: string): [string, string] {
  const { name, value } = pairOf(option);
  const known = ['rsa_keygen_bits', 'rsa_keygen_pubexp', 'ec_paramgen_curve', 'ec_param_enc'];
  if (known.includes(name)) return [name, value];
  throw new Failure(`genpkey: Error setting ${option} parameter:`);
}

async function generated(algorithm: string, parameters: ReadonlyMap<string, string>): Promise<Key> {
  switch (algorithm.toUpperCase()) {
    case 'RSA': {
      const exponent = BigInt(parameters.get('rsa_keygen_pubexp') ?? '65537');
      return generateRsa(Number(parameters.get('rsa_keygen_bits') ?? '2048'), exponent);
    }
    case 'EC': {
      const name = parameters.get('ec_paramgen_curve');
      if (name === undefined) throw new Failure('genpkey: Error generating key');
      const curve = curveNamed(name);
      if (!curve) throw new Failure(`genpkey: Error setting ec_paramgen_curve:${name} parameter:`);
      return generateEc(curve);
    }
    case 'ED25519':
      return generateOctets('ED25519');
    case 'X25519':
      return generateOctets('X25519');
    default:
      throw new Failure(`Error initializing ${algorithm} context`);
  }
}

export async function ecparam(console: Console, args: readonly string[]): Promise<void> {
  const options = readOptions('ecparam', args, {
    name: 'value',
    genkey: 'flag',
    noout: 'flag',
    out: 'value',
    outform: 'value',
    list_curves: 'flag',
  });
  if (options.has('list_curves')) {
    return console.output(undefined, curves.map(({ name }) => `  ${name}\n`).join(''));
  }
  const curve = namedCurve(console, options.get('name'));
  const parameters = pem('EC PARAMETERS', objectId(curve.id));
  const key = options.has('genkey') ? traditionalFile(generateEc(curve)) : undefined;
  const text = `${options.has('noout') ? '' : parameters}${key ? pem(key.label, key.bytes) : ''}`;
  await console.output(
    options.get('out'),
    options.get('outform')?.toUpperCase() === 'DER' && key ? key.bytes : text,
  );
}

function namedCurve(console: Console, name: string | undefined): Curve {
  if (name === 'secp256r1') console.remark('using curve name prime256v1 instead of secp256r1');
  const curve = name === undefined ? undefined : curveNamed(name);
  if (curve) return curve;
  throw new Failure(name === undefined ? 'No curve name: use -name' : `unknown curve name (${name})`);
}
