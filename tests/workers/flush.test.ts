import { expect, it } from 'vitest';
import { memoryTraces } from '../../src/engine/look/traces.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openTestCloud } from '../support/cloud.ts';
import { kms } from '../support/clients.ts';

it('a page that goes keeps its audit records before its traces', async () => {
  const order: string[] = [];
  const adapter = memoryAdapter();
  const traces = memoryTraces();
  const cloud = await openTestCloud({
    adapter: {
      ...adapter,
      async append(commit, promptness) {
        await adapter.append(commit, promptness);
        order.push('records');
      },
    },
    traces: {
      ...traces,
      flush() {
        order.push('traces');
        return Promise.resolve();
      },
    },
  });
  await kms(cloud).generateRandom({ NumberOfBytes: 16 });
  order.length = 0;
  await cloud.flush();
  expect(order).toEqual(['records', 'traces']);
});
