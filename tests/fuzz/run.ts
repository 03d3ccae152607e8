import type { Cloud } from '../../src/engine/cloud.ts';
import type { WireReply } from '../../src/engine/gateway/reply.ts';
import { modelOperations, violations } from '../support/aws-model.ts';
import { dice } from './dice.ts';
import { generate, type FuzzRequest } from './generate.ts';
import { pools, type Pools } from './pools.ts';

export interface FuzzReport {
  requests: number;
  /** How many were answered with 200, by operation. */
  succeeded: Record<string, number>;
  /** How many were refused, by the error's name. */
  refused: Record<string, number>;
}

/**
 * Sends generated requests to a cloud's door, several at a time, and holds every answer to what AWS's must be: a
 * success as AWS's model has it, or a client's fault in AWS's form. Throws at the first other one, with the request.
 */
export async function fuzz(
  cloud: Cloud,
  { seed, count }: { seed: number; count: number },
): Promise<FuzzReport> {
  const chance = dice(seed);
  const known = new Map<string, Pools>();
  const poolsOf = (region: string): Pools => {
    const found = known.get(region) ?? pools();
    known.set(region, found);
    return found;
  };
  const report: FuzzReport = { requests: 0, succeeded: {}, refused: {} };
  const atOnce = 8;
  while (report.requests < count) {
    const batch = Array.from({ length: atOnce }, () => generate(chance, poolsOf));
    const replies = await Promise.all(batch.map(({ incoming }) => cloud.answer(incoming)));
    for (const [index, reply] of replies.entries()) {
      const request = batch[index]!;
      const answer = examined(request, reply);
      report.requests++;
      if (reply.status === 200) {
        count1(report.succeeded, request.operation);
        poolsOf(request.region).learn(answer);
      } else count1(report.refused, (answer as { __type: string }).__type);
    }
  }
  return report;
}

function count1(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** The reply's JSON. Throws where the reply is not as AWS's would be. */
function examined(request: FuzzRequest, { status, headers, body }: WireReply): unknown {
  const complain = (what: string) => new Error(`${what}\n${describe(request)}\n${status} ${body}`);
  if (!/^[0-9a-f-]{36}$/.test(headers['x-amzn-RequestId'] ?? '')) throw complain('There is no request id.');
  const answer: unknown = body === '' ? {} : JSON.parse(body);
  if (status === 200) {
    const model = modelOperations.get(request.operation);
    const wrong = model ? violations(model.output, answer) : [];
    if (wrong.length > 0) throw complain(`The reply is not as in AWS's model: ${wrong.join(', ')}.`);
    return answer;
  }
  if (status < 400 || status >= 500) throw complain('The status is no client’s fault.');
  const { __type: name = '' } = answer as { __type?: string };
  if (!/^[A-Za-z]+(Exception|Error|Failure)$/.test(name))
    throw complain('The error has no name of AWS’s form.');
  return answer;
}

function describe({ operation, incoming: { method, url, headers, body } }: FuzzRequest): string {
  const text = Buffer.from(body as Uint8Array).toString();
  return `${operation}: ${method} ${url} ${JSON.stringify([...headers])}\n${text.slice(0, 2000)}`;
}
