/** An IP address range: the first `prefix` of the address's bits count. */
export interface IpRange {
  bits: 32 | 128;
  address: bigint;
  prefix: number;
}

/** Reads `203.0.113.0/24`, `2001:db8::/32` (RFC 4632, RFC 4291 §2.2) or a bare address; else `undefined`. */
export function ipRange(text: string): IpRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  const value = bits === 128 ? ipv6(address) : ipv4(address);
  if (value === undefined) return undefined;
  if (prefix === undefined) return { bits, address: value, prefix: bits };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined;
  return { bits, address: value, prefix: Number(prefix) };
}

export function ipRangeContains(range: IpRange, address: IpRange): boolean {
  if (range.bits !== address.bits || address.prefix < range.prefix) return false;
  const hostBits = BigInt(range.bits - range.prefix);
  return range.address >> hostBits === address.address >> hostBits;
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0]!), groups(halves[1] ?? '')];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail].reduce(
    (value, group) => value * 65536n + BigInt(group),
    0n,
  );
}

/** 16-bit groups; an IPv4 address may stand for the last two. */
function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const embedded = parts.at(-1)!.includes('.') ? ipv4(parts.pop()!) : undefined;
  if (text.includes('.') && embedded === undefined) return undefined;
  if (!parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  const values = parts.map((part) => parseInt(part, 16));
  return embedded === undefined ? values : [...values, Number(embedded >> 16n), Number(embedded & 0xffffn)];
}
