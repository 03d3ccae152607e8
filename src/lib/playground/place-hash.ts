/** The part of the playground's address that says which page of the console is shown. */
const part = 'console';

/** `#console=keys/<ARN>`: slashes and colons stay readable, as they may in a hash. */
export function consoleHash(path: string): `#${string}` {
  const readable = encodeURIComponent(path).replace(/%2F/g, '/').replace(/%3A/g, ':');
  return `#${part}=${readable}`;
}

/** Reads `consoleHash` back; '' where the hash says nothing of the console. */
export function consolePathIn(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get(part) ?? '';
}

/** Whether an address asks for the console, whatever its page. */
export function asksForConsole(hash: string): boolean {
  return new URLSearchParams(hash.replace(/^#/, '')).has(part);
}
