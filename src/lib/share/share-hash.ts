/** Under which name an address holds what somebody shared. Apart, as the page asks for no more until there is something. */
export const sharePart = 'share';

export function isShareHash(hash: string): boolean {
  return new URLSearchParams(hash.replace(/^#/, '')).has(sharePart);
}
