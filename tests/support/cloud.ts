import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud, type Cloud, type CloudOptions } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { modelOperations, violations } from './aws-model.ts';
import { noteOperation, writeCoverage } from './operation-coverage.ts';
import { stock } from './stock.ts';

/**
 * For tests that use RSA keys and do not ask how they come about: a seeded cloud takes them from a pool, where another
 * one searches for primes, many seconds long. How modules make RSA keys is for `tests/hsm/material.test.ts`.
 */
export const pooledRsa = { seed: 'RSA keys from the pool' } as const satisfies Partial<CloudOptions>;

/** A new cloud that lives in memory. */
export async function openMemoryCloud(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  const { clock = systemClock, randomness = systemRandomness, seed } = options;
  const store = memoryHsmStore();
  const hsm = await openHsm({
    store,
    clock,
    randomness,
    stock,
    ...(seed !== undefined && { seed }),
  });
  return openCloud({ adapter: memoryAdapter(), hsm, ...options, clock, randomness });
}

/**
 * A new cloud in memory for one test, which fails if the engine meets a defect of its own, and if a reply holds
 * what AWS's model of the API does not.
 */
export async function openTestCloud(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  const defects: unknown[] = [];
  const cloud = await openMemoryCloud({ onDefect: (defect) => void defects.push(defect), ...options });
  onTestFinished(async () => {
    writeCoverage();
    await cloud.close();
    if (defects.length > 0) throw new AggregateError(defects, 'The engine met a defect of its own.');
  });
  return {
    ...cloud,
    async fetch(request) {
      const copy = request.clone();
      const response = await cloud.fetch(request);
      defects.push(...(await modelDefects(copy, response.clone())));
      return response;
    },
  };
}

async function modelDefects(request: Request, response: Response): Promise<Error[]> {
  const [, operation = ''] = /^TrentService\.(\w+)$/.exec(request.headers.get('x-amz-target') ?? '') ?? [];
  const model = modelOperations.get(operation);
  if (!model) return [];
  noteOperation(operation, jsonObject(await request.text()), response.ok);
  if (!response.ok) return [];
  return violations(model.output, jsonObject(await response.text())).map(
    (violation) => new Error(`A reply of ${operation} is not as AWS's model has it: ${violation}.`),
  );
}

/** An empty body stands for an empty object; what is no object has no members. */
function jsonObject(text: string): Record<string, unknown> {
  try {
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    return {};
  }
}
