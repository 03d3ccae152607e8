import type { Field, JsonValue, TraceRecord } from '$engine/trace/trace.ts';
import { shareText } from '$lib/strings/share.ts';

const tokenHeader = 'x-amz-security-token';

/**
 * A trace as it may be given away. It never held key material or plaintext; session tokens go too, as they let whoever
 * has the access key act.
 */
export function cleanTrace(trace: TraceRecord): TraceRecord {
  return {
    ...trace,
    steps: trace.steps.map((step) => ({ ...step, fields: step.fields.map(cleanField) })),
  };
}

function cleanField(field: Field): Field {
  if (/session token/i.test(field.name)) return { ...field, value: shareText.leftOut };
  return field.value instanceof Uint8Array ? field : { ...field, value: cleanValue(field.value) };
}

function cleanValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    // The canonical request has its headers a line each.
    return value.replace(/^(x-amz-security-token:).*$/gim, `$1${shareText.leftOut}`);
  }
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name.toLowerCase() === tokenHeader ? shareText.leftOut : cleanValue(member),
    ]),
  );
}
