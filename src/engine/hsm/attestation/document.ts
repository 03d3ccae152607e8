import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type { Bytes } from '../bytes.ts';
import type { Attestation } from '../hsm.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { demand } from './unacceptable.ts';

/**
 * What a Nitro hypervisor attests (AWS Nitro Enclaves NSM API, "Attestation process", §2.2 and §3.2.2). A NitroTPM's
 * document has `nitrotpm_pcrs` in place of `pcrs` (EC2 User Guide, "NitroTPM attestation document contents").
 */
export interface AttestationDocument {
  moduleId: string;
  kind: Attestation['kind'];
  /** Milliseconds since the Unix epoch, whole. */
  timestamp: number;
  /** By number; lower-case hex of 32, 48 or 64 bytes. */
  pcrs: Record<number, string>;
  /** DER, of the key that signed. */
  certificate: Uint8Array;
  /** DER, from the root down. */
  cabundle: Uint8Array[];
  publicKey: Uint8Array;
}

/** Registers that a document always has: those that are never extended are all zeros. */
const registers: Record<Attestation['kind'], number> = { enclave: 16, nitrotpm: 24 };
const maximumRegisters = 32;
const registerLengths = [32, 48, 64];
const maximumPublicKeyLength = 1024;
const zeros = '0'.repeat(2 * 48);

const bytes = (shortest: number, longest: number) =>
  v.pipe(v.instance(Uint8Array), v.minLength(shortest), v.maxLength(longest));

const certificateSchema = bytes(1, 1024);

/** Where something is left out, the Nitro Security Module writes null. */
const optionalBytes = v.exactOptional(v.nullable(bytes(0, 1024)));

const registersSchema = v.pipe(
  v.map(
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maximumRegisters - 1)),
    v.pipe(
      v.instance(Uint8Array),
      v.check(({ length }) => registerLengths.includes(length)),
    ),
  ),
  v.minSize(1),
);

const common = {
  module_id: v.pipe(v.string(), v.nonEmpty()),
  digest: v.literal('SHA384'),
  timestamp: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  certificate: certificateSchema,
  cabundle: v.pipe(v.array(certificateSchema), v.nonEmpty()),
  public_key: bytes(1, maximumPublicKeyLength),
  user_data: optionalBytes,
  nonce: optionalBytes,
};

const documentSchema = v.union([
  v.strictObject({ ...common, pcrs: registersSchema }),
  v.strictObject({ ...common, nitrotpm_pcrs: registersSchema }),
]);

/**
 * Reads a payload. Without a public key it is of no use to KMS, and so unacceptable.
 * @throws Unacceptable
 */
export function readDocument(payload: Uint8Array): AttestationDocument {
  const members = decodeCbor(payload);
  demand(isNamed(members), 'Its payload is no CBOR map of named members.');
  const parsed = v.safeParse(documentSchema, Object.fromEntries(members));
  demand(parsed.success, 'Its payload is not what an attestation document has to be.');
  const { module_id: moduleId, timestamp, certificate, cabundle, public_key: publicKey } = parsed.output;
  const [kind, pcrs] =
    'pcrs' in parsed.output
      ? (['enclave', parsed.output.pcrs] as const)
      : (['nitrotpm', parsed.output.nitrotpm_pcrs] as const);
  const inHex = Object.fromEntries([...pcrs].map(([index, value]) => [index, bytesToHex(value)]));
  return { moduleId, kind, timestamp, pcrs: inHex, certificate, cabundle, publicKey };
}

function isNamed(value: unknown): value is Map<string, unknown> {
  return value instanceof Map && [...value.keys()].every((key) => typeof key === 'string');
}

/**
 * Writes a payload, its members in the order that the Nitro Security Module has. Registers that `pcrs` leaves out are
 * zeros.
 * @throws RangeError for a register or a public key that no document can have
 */
export function writeDocument(document: AttestationDocument): Bytes {
  const { moduleId, kind, timestamp, certificate, cabundle, publicKey } = document;
  if (publicKey.length < 1 || publicKey.length > maximumPublicKeyLength) {
    throw new RangeError(`A public key has 1 to ${maximumPublicKeyLength} bytes, not ${publicKey.length}.`);
  }
  return encodeCbor(
    new Map<string, unknown>([
      ['module_id', moduleId],
      ['digest', 'SHA384'],
      ['timestamp', timestamp],
      [kind === 'enclave' ? 'pcrs' : 'nitrotpm_pcrs', allRegisters(document)],
      ['certificate', certificate],
      ['cabundle', cabundle],
      ['public_key', publicKey],
      ['user_data', null],
      ['nonce', null],
    ]),
  );
}

function allRegisters({ kind, pcrs }: AttestationDocument): Map<number, Uint8Array> {
  const all = new Map<number, Uint8Array>();
  for (let index = 0; index < registers[kind]; index++) all.set(index, hexToBytes(zeros));
  for (const [name, value] of Object.entries(pcrs)) {
    const index = Number(name);
    if (!Number.isInteger(index) || index < 0 || index >= maximumRegisters) {
      throw new RangeError(`There is no register PCR${name}.`);
    }
    if (!/^([0-9a-f]{2})+$/i.test(value) || !registerLengths.includes(value.length / 2)) {
      throw new RangeError(`PCR${name} has 32, 48 or 64 bytes in hex.`);
    }
    all.set(index, hexToBytes(value));
  }
  return all;
}
