import { deserialize } from '../declaration/deserialize.ts';
import type { Members } from '../declaration/members.ts';
import { validate } from '../declaration/validate.ts';
import { AwsError } from '../errors/aws-error.ts';
import { callerWith } from '../iam/caller.ts';
import { checkPrincipalsExist } from '../iam/existing-principals.ts';
import { credentials } from '../iam/founding.ts';
import { parsePolicyDocument } from '../iam/grammar/policy.ts';
import type { Caller } from '../iam/types.ts';
import { permitWithoutKey, takeKeys, type Input } from '../kms/admission.ts';
import { operations } from '../kms/operations/index.ts';
import { keys, recordKey } from '../kms/records.ts';
import type { Call, JsonObject } from '../service/service.ts';
import { recordingTrace } from '../trace/trace.ts';
import type { Reader, Table, Transaction } from '../vault/vault.ts';
import { keyNamed } from './keys.ts';
import type { Simulation, SimulationQuery } from './look.ts';

/** What a simulated request brings unless its question says otherwise. */
export interface Surroundings {
  now: number;
  sourceIp: string;
}

/**
 * What would become of a request up to the point where its work begins: the very code that a request goes through, on
 * records that nothing can be written to. What an operation asks for while it works, its quotas and the bytes that it
 * is given are left out.
 */
export function simulate(reader: Reader, query: SimulationQuery, surroundings: Surroundings): Simulation {
  const trace = recordingTrace();
  let records: Transaction;
  try {
    records = readOnly(withDraft(reader, query.draft));
  } catch (error) {
    return { steps: [], draftRefused: told(error) };
  }
  try {
    const operation = operations.find(({ name }) => name === query.operation);
    if (!operation) throw new AwsError('UnknownOperationException');
    const call: Call = {
      requestId: 'simulation',
      time: query.time ?? surroundings.now,
      region: query.region,
      caller: callerOf(reader, query),
      sourceIp: query.sourceIp ?? surroundings.sourceIp,
      userAgent: query.userAgent ?? '',
      trace,
      transaction: records,
      audit: {},
    };
    const input = readWithoutBytes(operation.declaration.input, query.input);
    const brought = query.conditionKeys ?? {};
    permitWithoutKey(operation.declaration, input, call, brought);
    takeKeys(operation, input, call, brought);
    return { steps: trace.steps };
  } catch (error) {
    return { steps: trace.steps, error: told(error) };
  }
}

function told(error: unknown): { name: string; message: string } {
  if (error instanceof AwsError) return { name: error.name, message: error.message };
  throw error;
}

function callerOf(reader: Reader, { principalArn, accessKeyId, viaService, mfa }: SimulationQuery): Caller {
  const found = credentials(reader).find(
    ({ principal, accessKey }) =>
      principal.arn === principalArn && (accessKeyId === undefined || accessKey.accessKeyId === accessKeyId),
  );
  if (!found) throw new AwsError('UnrecognizedClientException', 'Nobody of this cloud has this name.');
  const { principal, accessKey } = found;
  return callerWith(principal, {
    ...accessKey,
    ...(viaService !== undefined && { viaService }),
    // Only temporary credentials tell of a second factor.
    ...(mfa && { mfa, sessionToken: accessKey.sessionToken ?? 'simulated' }),
  });
}

/** An input as the declaration reads it, but that plaintexts, ciphertexts and the like may be missing. */
function readWithoutBytes(members: Members, json: JsonObject): Input {
  const input = deserialize(members, json);
  const asked = Object.entries(members).map(([name, member]) => [
    name,
    member.shape.type === 'blob' ? { ...member, required: false } : member,
  ]);
  validate(Object.fromEntries(asked) as Members, input);
  return input;
}

/**
 * The records as if the draft were the key's policy.
 * @throws AwsError where PutKeyPolicy would not take the draft, whoever asks
 */
function withDraft(reader: Reader, draft: SimulationQuery['draft']): Reader {
  const key = draft && keyNamed(reader, draft.keyArn);
  if (!draft || !key) return reader;
  checkPrincipalsExist(parsePolicyDocument(draft.policy), reader);
  const drafted = { ...key, policy: draft.policy };
  const at = recordKey(key);
  return {
    get: <Value>(table: Table<Value>, name: string) =>
      table.name === keys.name && name === at ? (drafted as Value) : reader.get(table, name),
    list: (table, range) => reader.list(table, range),
    count: (table, prefix) => reader.count(table, prefix),
  };
}

function readOnly(reader: Reader): Transaction {
  const refuse = (): never => {
    throw new Error('A simulation changes nothing.');
  };
  return {
    get: (table, key) => reader.get(table, key),
    list: (table, range) => reader.list(table, range),
    count: (table, prefix) => reader.count(table, prefix),
    put: refuse,
    delete: refuse,
    shred: refuse,
  };
}
