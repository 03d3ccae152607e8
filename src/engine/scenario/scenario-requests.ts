import { uuid, type Randomness } from '../clock/randomness.ts';
import type { JsonObject } from '../service/service.ts';
import { defaultRegion } from './defaults.ts';
import type { Scenario, ScenarioKey } from './schema/scenario.ts';

/** A KMS request that an account's root user is to send. */
export interface ScenarioRequest {
  /** Where in the scenario it comes from: `accounts[0].keys[1]`. */
  place: string;
  accountId: string;
  region: string;
  operation: string;
  input: JsonObject;
  /** CreateKey only: the id that the new key is to have. */
  keyId?: string;
}

/**
 * The requests that make a scenario's keys, in order. A key gets its policy last, and is disabled before that, so
 * that neither stands in the way of what is to be done to the key.
 */
export function scenarioRequests(scenario: Scenario, randomness: Randomness): ScenarioRequest[] {
  return scenario.accounts.flatMap(({ accountId, keys = [] }, index) =>
    keys.flatMap((key, at) => {
      const { region = defaultRegion } = key;
      const keyId = key.keyId ?? drawnKeyId(key, randomness);
      return [...requestsFor(key, keyId)].map((request) => ({
        place: `accounts[${index}].keys[${at}]`,
        accountId,
        region,
        ...request,
        ...(request.operation === 'CreateKey' && { keyId }),
      }));
    }),
  );
}

type Request = Pick<ScenarioRequest, 'operation' | 'input'>;

function* requestsFor(key: ScenarioKey, KeyId: string): Generator<Request> {
  const { aliases = [], replicas = [], grants = [], rotationPeriodInDays, enabled = true } = key;
  const policy = key.policy && {
    Policy: JSON.stringify(key.policy),
    BypassPolicyLockoutSafetyCheck: true,
  };
  yield { operation: 'CreateKey', input: createKeyInput(key) };
  for (const AliasName of aliases) {
    yield { operation: 'CreateAlias', input: { AliasName, TargetKeyId: KeyId } };
  }
  if (rotationPeriodInDays !== undefined) {
    yield { operation: 'EnableKeyRotation', input: { KeyId, RotationPeriodInDays: rotationPeriodInDays } };
  }
  for (const ReplicaRegion of replicas) {
    const input = { KeyId, ReplicaRegion, ...described(key), ...policy };
    yield { operation: 'ReplicateKey', input };
  }
  for (const grant of grants) yield { operation: 'CreateGrant', input: { KeyId, ...pascal(grant) } };
  if (!enabled) yield { operation: 'DisableKey', input: { KeyId } };
  if (policy) yield { operation: 'PutKeyPolicy', input: { KeyId, ...policy } };
}

function createKeyInput(key: ScenarioKey): JsonObject {
  const { spec, usage, origin, multiRegion } = key;
  return {
    ...(spec !== undefined && { KeySpec: spec }),
    ...(usage !== undefined && { KeyUsage: usage }),
    ...(origin !== undefined && { Origin: origin }),
    ...(multiRegion !== undefined && { MultiRegion: multiRegion }),
    ...described(key),
  };
}

/** What a key and each of its replicas say of themselves. */
function described({ description, tags = {} }: ScenarioKey): JsonObject {
  const pairs = Object.entries(tags);
  return {
    ...(description !== undefined && { Description: description }),
    ...(pairs.length > 0 && { Tags: pairs.map(([TagKey, TagValue]) => ({ TagKey, TagValue })) }),
  };
}

/** The members of a grant as the API names them. Encryption contexts keep their own names. */
function pascal(grant: NonNullable<ScenarioKey['grants']>[number]): JsonObject {
  const { constraints, ...rest } = grant;
  return { ...renamed(rest), ...(constraints && { Constraints: renamed(constraints) }) };
}

function renamed(members: object): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      value as JsonObject,
    ]),
  );
}

function drawnKeyId({ multiRegion = false }: ScenarioKey, randomness: Randomness): string {
  const id = uuid(randomness);
  return multiRegion ? `mrk-${id.replaceAll('-', '')}` : id;
}
