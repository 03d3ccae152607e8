import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { recorder, trail } from '../../src/engine/cloudtrail/recorder.ts';
import type { CloudTrailRecord } from '../../src/engine/cloudtrail/types.ts';
import { AwsError } from '../../src/engine/errors/aws-error.ts';
import { createGateway } from '../../src/engine/gateway/gateway.ts';
import type { GatewayOptions } from '../../src/engine/gateway/gateway-options.ts';
import type { Service } from '../../src/engine/service/service.ts';
import { credentials, foundPrincipals } from '../../src/engine/iam/founding.ts';
import type { AccessKey } from '../../src/engine/iam/types.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import { table, VaultError, type Vault } from '../../src/engine/vault/vault.ts';

export const start = Date.parse('2026-10-01T00:00:00Z');
export const endpoint = 'https://kms.us-east-1.amazonaws.com/';

/** What the service below writes. */
export const notes = table<string>('test.notes');

/** A small service behind the real gateway, to see what the gateway does with each way of ending. */
export const testService: Service = {
  targetPrefix: 'TrentService',
  signingName: 'kms',
  eventSource: 'kms.amazonaws.com',
  operation: (name) => operations.get(name),
  async invoke(name, input, call) {
    const { key, text } = input as { key: string; text: string };
    switch (name) {
      case 'Echo':
        return { input, sees: Object.keys(input) };
      case 'Nothing':
        return {};
      case 'Note':
        call.transaction.put(notes, key, text);
        call.trace.step(() => ({ station: 'storage', title: 'Notes it.', fields: [], outcome: 'ok' }));
        return { noted: true };
      case 'NoteAndFail':
        call.transaction.put(notes, key, text);
        throw new AwsError('NotFoundException', 'There is no such thing.');
      case 'FailSilently':
        throw new AwsError('InvalidCiphertextException');
      case 'StorageFails':
        throw new VaultError('The disk is full.');
      default:
        throw new TypeError('A defect.');
    }
  },
};

const operations = new Map([
  ['Echo', { readOnly: true }],
  ['Nothing', { readOnly: true }],
  ['Note', { readOnly: false }],
  ['NoteAndFail', { readOnly: false }],
  ['FailSilently', { readOnly: true }],
  ['StorageFails', { readOnly: true }],
  ['Defective', { readOnly: true }],
]);

export interface TestGateway {
  handle(request: Request): Promise<Response>;
  vault: Vault;
  clock: ReturnType<typeof manualClock>;
  /** An access key, by its principal's name. */
  key(name: string): AccessKey;
  records(): CloudTrailRecord[];
  traces: TraceRecord[];
  /** Everything that was reported as a defect. A test that expects none looks that it is empty. */
  defects: unknown[];
}

export async function openTestGateway(
  options: Partial<GatewayOptions> & { watched?: boolean } = {},
): Promise<TestGateway> {
  const { watched = false, ...overrides } = options;
  const clock = manualClock(start);
  const vault = overrides.vault ?? (await openVault({ adapter: memoryAdapter(), clock }));
  await vault.transact('founding', (transaction) =>
    foundPrincipals(transaction, { randomness: systemRandomness, time: start }),
  );
  const traces: TraceRecord[] = [];
  const defects: unknown[] = [];
  const gateway = createGateway({
    vault,
    services: [testService],
    clock,
    randomness: systemRandomness,
    recorder: recorder(systemRandomness),
    observer: { watching: watched, take: (trace) => void traces.push(trace) },
    onDefect: (defect) => void defects.push(defect),
    ...overrides,
  });
  return {
    handle: (request) => gateway.handle(request),
    vault,
    clock,
    key: (name) => credentials(vault).find(({ principal }) => principal.name === name)!.accessKey,
    records: () => vault.list(trail).map(({ value }) => value),
    traces,
    defects,
  };
}

export interface Draft {
  target?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  url?: string;
  time?: number;
  region?: string;
  service?: string;
}

/** The parts of a signed request, so that a test can change one of them afterwards. */
export interface SignedParts {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
}

/** Signs with the AWS SDK's own signer. */
export async function sign(accessKey: AccessKey, draft: Draft = {}): Promise<SignedParts> {
  const { target = 'TrentService.Echo', body = '{}', query = {}, url = endpoint } = draft;
  const { accessKeyId, secretAccessKey, sessionToken } = accessKey;
  const signer = new SignatureV4({
    service: draft.service ?? 'kms',
    region: draft.region ?? 'us-east-1',
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    sha256: Sha256,
  });
  const { host, protocol, pathname } = new URL(url);
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol,
      hostname: host,
      path: pathname,
      query,
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': target,
        ...draft.headers,
      },
      body,
    },
    { signingDate: new Date(draft.time ?? start) },
  );
  const search = new URLSearchParams(query).toString();
  return {
    method: 'POST',
    url: search === '' ? url : `${url}?${search}`,
    headers: signed.headers,
    body,
  };
}

export function toRequest({ method, url, headers, body }: SignedParts): Request {
  return new Request(url, { method, headers, ...(method !== 'GET' && method !== 'HEAD' && { body }) });
}

/** Headers but for some of them. */
export function without(headers: Record<string, string>, ...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** The error name and message of a reply, and its status. */
export async function errorOf(
  response: Response,
): Promise<{ status: number; name: string; message: string }> {
  const { __type, message = '' } = (await response.json()) as { __type: string; message?: string };
  return { status: response.status, name: __type, message };
}
