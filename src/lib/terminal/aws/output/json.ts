import type { Value } from '../io.ts';

/** `json.dump(…, indent=4, ensure_ascii=False)`; nothing at all for an empty reply. */
export function jsonText(value: Value): string {
  return isEmptyReply(value) ? '' : `${JSON.stringify(value, null, 4)}\n`;
}

export function isEmptyReply(value: Value): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value).length === 0
    : false;
}
