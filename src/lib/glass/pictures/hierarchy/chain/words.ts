import { hierarchyText } from '$lib/strings/hierarchy.ts';
import type { Link } from './chain.ts';

/** Which one a link of the chain is, in words. */
export function whichOne({ level, id, state }: Link): string {
  switch (level) {
    case 'per-call-key':
      return hierarchyText.perCallId(id ?? '');
    case 'data-key':
      return hierarchyText.dataKeyId(state);
    case 'data':
      return [id, hierarchyText.dataId(state), hierarchyText.unknownData].filter(Boolean).join('; ');
    default:
      return id ?? '';
  }
}
