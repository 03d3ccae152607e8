/** What an address of the glass says behind its `#`: all that is needed to come back to the same sight. */
export interface GlassLink {
  /** A request of this cloud, or … */
  request?: string;
  /** … a recorded example, by name. */
  example?: string;
  /** Step of it, from 0. */
  step?: number;
  /** Looks back: sequence number of the commit as of which to see the cloud. */
  at?: number;
  /** ARN of the KMS key looked at. */
  key?: string;
  region?: string;
  /** Bytes looked at, in base64. */
  blob?: string;
  /** Index of the byte pointed at. */
  byte?: number;
}

const texts = ['request', 'example', 'key', 'region', 'blob'] as const;
/** With the offset between what is written and what is meant: people count steps from 1. */
const numbers = { step: 1, at: 0, byte: 0 } as const;

/** `#request=<id>&step=3`; '' for an empty link. */
export function formatLink(link: GlassLink): '' | `#${string}` {
  const parts = new URLSearchParams();
  for (const name of texts) if (link[name]) parts.set(name, link[name]);
  for (const [name, offset] of Object.entries(numbers) as [keyof typeof numbers, number][]) {
    const value = link[name];
    if (value !== undefined && !(name === 'step' && value === 0)) parts.set(name, String(value + offset));
  }
  const text = parts.toString();
  return text === '' ? '' : `#${text}`;
}

/** Reads `formatLink` back. What it does not know, or what is no number where one belongs, it leaves out. */
export function parseLink(hash: string): GlassLink {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const link: GlassLink = {};
  for (const name of texts) {
    const value = parts.get(name);
    if (value) link[name] = value;
  }
  for (const [name, offset] of Object.entries(numbers) as [keyof typeof numbers, number][]) {
    const value = parts.get(name);
    if (value !== null && /^\d{1,15}$/.test(value) && Number(value) >= offset)
      link[name] = Number(value) - offset;
  }
  return link;
}
