import type { FromWorker, OutputLevel, WireRequest } from './protocol.ts';

/** KMS takes bodies of up to 1 MiB. */
const largestBody = 1024 * 1024;
const mostHeaders = 64;
const longestText = 32_768;
const levels: readonly OutputLevel[] = ['log', 'warn', 'error'];

/**
 * Reads what a sandbox says. A program may send anything by its port, so each part is looked at, and the answer is made
 * anew of the parts that are known; what is not a message is `undefined`.
 */
export function readMessage(data: unknown): FromWorker | undefined {
  if (!isRecord(data)) return undefined;
  const { type } = data;
  if (type === 'ready') return { type };
  if (type === 'end') return { type, ok: data['ok'] === true };
  if (type === 'output') {
    const level = levels.find((known) => known === data['level']);
    const text = data['text'];
    return level && isText(text) ? { type, level, text } : undefined;
  }
  if (type === 'request') {
    const { id } = data;
    const request = readRequest(data['request']);
    return typeof id === 'number' && Number.isSafeInteger(id) && request ? { type, id, request } : undefined;
  }
  return undefined;
}

function readRequest(value: unknown): WireRequest | undefined {
  if (!isRecord(value)) return undefined;
  const { method, url, headers, body } = value;
  if (!isText(method) || !/^[A-Z]{1,10}$/.test(method) || !isText(url)) return undefined;
  if (!Array.isArray(headers) || headers.length > mostHeaders || !headers.every(isHeader)) return undefined;
  if (!(body instanceof Uint8Array) || body.length > largestBody) return undefined;
  return {
    method,
    url,
    headers: headers.map(([name, text]) => [name, text]),
    // A copy: who sent it keeps no hand on it.
    body: new Uint8Array(body),
  };
}

function isHeader(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && isText(value[0]) && isText(value[1]);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
