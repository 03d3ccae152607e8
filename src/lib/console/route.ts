/**
 * Where one is in the console, as a path: `keys/<ARN>/grants`. Pages and tabs are named here and nowhere else.
 */

/** Pages in the order of the navigation, by group. */
export const pageGroups = {
  keys: ['keys', 'aws-keys', 'aliases', 'key-stores'],
  use: ['encrypt', 'sign', 'mac', 'data-keys', 'envelope'],
  watch: ['trail', 'principals', 'simulator'],
  all: ['operations'],
} as const;

export type PageGroup = keyof typeof pageGroups;

/** Pages that the navigation has; `create` is reached from the list of keys. */
export type ConsolePage = (typeof pageGroups)[PageGroup][number] | 'create';

const pages = new Set<string>([...Object.values(pageGroups).flat(), 'create']);

/** Tabs of one key's page, in their order. */
export const keyTabs = [
  'general',
  'policy',
  'aliases',
  'grants',
  'rotation',
  'material',
  'regions',
  'public-key',
  'tags',
  'usage',
] as const;

export type KeyTab = (typeof keyTabs)[number];

/** `given`: what a page's form or filter begins with. */
export type Route =
  | { page: Exclude<ConsolePage, 'operations'>; given: Record<string, string> }
  /** One key, by whatever DescribeKey takes. */
  | { page: 'key'; keyId: string; tab: KeyTab }
  /** Without a name: the list of all. */
  | { page: 'operations'; name?: string; given: Record<string, string> };

/** Reads a path. What it does not know leads to the list of keys. */
export function routeOf(path: string): Route {
  const [place, query] = split(path, '?');
  const [head, rest] = split(place, '/');
  if (head === 'keys' && rest !== '') return keyRoute(rest);
  const given = Object.fromEntries(new URLSearchParams(query));
  if (head === 'operations') {
    return rest === '' ? { page: 'operations', given } : { page: 'operations', name: rest, given };
  }
  return { page: pages.has(head) ? (head as Exclude<ConsolePage, 'operations'>) : 'keys', given };
}

/** The path of one key's page. */
export function keyPath(keyId: string, tab: KeyTab = 'general'): string {
  return tab === 'general' ? `keys/${keyId}` : `keys/${keyId}/${tab}`;
}

/** The path of a page that begins with something filled in: `operations/CreateGrant?KeyId=…`. */
export function pathWith(page: string, given: Record<string, string>): string {
  return `${page}?${new URLSearchParams(given).toString()}`;
}

function keyRoute(rest: string): Route {
  const at = rest.lastIndexOf('/');
  const keyId = rest.slice(0, at);
  const tab = rest.slice(at + 1) as KeyTab;
  // An alias has a slash of its own, and may be called as a tab is.
  const hasTab = at > 0 && keyTabs.includes(tab) && !/(^|:)alias$/.test(keyId);
  return hasTab ? { page: 'key', keyId, tab } : { page: 'key', keyId: rest, tab: 'general' };
}

function split(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
