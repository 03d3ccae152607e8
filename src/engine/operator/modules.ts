import type { DomainView, Hsm } from '../hsm/hsm.ts';
import { ActRefused, type Desk, type Outcome } from './act.ts';
import { refusedByModules } from './refusal.ts';
import { counted, listed } from './words.ts';

/** @throws ActRefused where there is none */
export async function domainOf(hsm: Hsm, region: string): Promise<DomainView> {
  const domain = (await hsm.view()).domains.find((other) => other.region === region);
  if (!domain) throw refusedByModules({ reason: 'UNKNOWN_DOMAIN', region });
  return domain;
}

/** Modules fail, and what is in them is gone. `happened` says how: `lost their power`. */
export async function failModules(
  { region, members, how }: { region: string; members: string[]; how: 'power' | 'tamper' },
  happened: string,
  { hsm, commit }: Desk,
): Promise<Outcome> {
  const before = await domainOf(hsm, region);
  const named = before.members.filter(({ name }) => members.includes(name));
  if (named.length > 0 && named.length === new Set(members).size && named.every(hasFailed)) {
    throw new ActRefused(`${listed(members)} of ${region} had failed before; nothing has changed.`);
  }
  const result = await hsm.failMembers({ region, members, how });
  if (!result.ok) throw refusedByModules(result.refusal);
  const after = await domainOf(hsm, region);
  return commit(() => ({ summary: `${listed(members)} of ${region} ${happened}; ${whatIsLeft(after)}.` }));
}

function hasFailed({ state }: DomainView['members'][number]): boolean {
  return state === 'lost' || state === 'tampered';
}

/** How many modules still hold the domain keys, and who else could bring them back. */
export function whatIsLeft({ members }: DomainView): string {
  const online = members.filter(({ place }) => place !== 'safe');
  const inService = online.filter(({ state }) => state === 'in-service').length;
  const isSafe = members.some(({ state }) => state === 'offline');
  if (inService > 0) return `${inService} of ${counted(online.length, 'module')} left in service`;
  return isSafe
    ? 'none is left in service, but the one in the safe can still open the domain token'
    : 'none is left that could open the domain token, so every key of the Region is lost for ever';
}
