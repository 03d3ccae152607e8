import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { Cloud } from '../engine/cloud.ts';
import type { WireReply } from '../engine/gateway/reply.ts';
import { ActRefused } from '../engine/operator/act.ts';
import type { OperatorAct } from '../engine/operator/acts.ts';
import { AwsError } from '../engine/errors/aws-error.ts';
import { bodyOf } from './node-request.ts';

/** What the endpoint can be asked to do beside AWS's own operations: `/_glass/…`. AWS has nothing of the kind. */
export interface Control {
  cloud: Cloud;
  /** Founds the cloud anew, as it was founded. */
  reset: () => Promise<void>;
}

/** Something was asked for wrongly. The message says what. */
class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Handler = (control: Control, input: unknown) => Promise<object> | object;

const time = v.pipe(v.string(), v.isoTimestamp());
const clockInput = v.union([
  v.strictObject({ advanceSeconds: v.pipe(v.number(), v.minValue(0)) }),
  v.strictObject({ to: time }),
]);
const hex = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})+$/i));
const attestationInput = v.strictObject({
  kind: v.optional(v.picklist(['enclave', 'nitrotpm']), 'enclave'),
  pcrs: v.optional(v.record(v.pipe(v.string(), v.digits()), hex), {}),
  publicKey: v.pipe(v.string(), v.base64()),
});

const handlers: Record<string, Handler> = {
  'GET health': async ({ cloud }) => ({ status: 'ok', ...(await cloud.view()) }),
  'GET identities': ({ cloud }) => ({ identities: cloud.identities() }),
  'GET clock': ({ cloud }) => timeOf(cloud),
  'POST clock': async ({ cloud }, input) => {
    const wanted = read(clockInput, input);
    const to = 'to' in wanted ? Date.parse(wanted.to) : cloud.clock.now() + wanted.advanceSeconds * 1000;
    await cloud.clock.moveTo(to);
    return timeOf(cloud);
  },
  // The cloud itself reads what the act says.
  'POST operate': ({ cloud }, input) => cloud.operate(input as OperatorAct),
  'POST attestation': async ({ cloud }, input) => {
    const { kind, pcrs, publicKey } = read(attestationInput, input);
    const document = await cloud.attest({
      kind,
      pcrs: Object.fromEntries(
        Object.entries(pcrs).map(([number, value]) => [Number(number), value.toLowerCase()]),
      ),
      publicKey: new Uint8Array(Buffer.from(publicKey, 'base64')),
    });
    return { document: Buffer.from(document).toString('base64') };
  },
  'POST reset': async ({ reset }) => {
    await reset();
    return {};
  },
};

const prefix = '/_glass/';

export function isControl({ url = '' }: IncomingMessage): boolean {
  return url.startsWith(prefix);
}

/** Never rejects. */
export async function answerControl(request: IncomingMessage, control: Control): Promise<WireReply> {
  try {
    refuseWebPages(request);
    const body = Buffer.from(await bodyOf(request)).toString();
    const handler = handlerOf(request);
    return replyOf(200, await handler(control, inputOf(body)));
  } catch (error) {
    return replyOf(statusOf(error), { message: error instanceof Error ? error.message : String(error) });
  }
}

function timeOf({ clock }: Cloud): { now: string } {
  return { now: new Date(clock.now()).toISOString() };
}

/** A page of any site that the person visits could send requests to this machine, too, even under a name of its own. */
function refuseWebPages({ headers }: IncomingMessage): void {
  const isOfThisMachine = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '');
  if (!isOfThisMachine || headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    throw new ControlError(403, 'This is not for web pages.');
  }
}

function handlerOf({ method = '', url = '' }: IncomingMessage): Handler {
  const name = url.slice(prefix.length);
  const handler = Object.hasOwn(handlers, `${method} ${name}`) ? handlers[`${method} ${name}`] : undefined;
  if (handler) return handler;
  throw new ControlError(
    404,
    `There is no ${method} ${prefix}${name}. There are: ${Object.keys(handlers).join(', ')}.`,
  );
}

function inputOf(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new ControlError(400, 'The body is not JSON.');
  }
}

function read<const Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ControlError(400, `${v.getDotPath(issue) ?? 'The input'}: ${issue.message}`);
}

function statusOf(error: unknown): number {
  if (error instanceof ControlError || error instanceof AwsError) return error.status;
  return error instanceof ActRefused || error instanceof RangeError ? 400 : 500;
}

function replyOf(status: number, output: object): WireReply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(output) };
}
