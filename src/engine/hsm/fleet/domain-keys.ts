import { made, read, step } from '../steps.ts';
import type { StoredDomain } from '../store/domain-record.ts';
import { authorIn, nextToken, stateOf, unchanged, type Change } from './change.ts';
import { newDomainKey } from './new-domain.ts';
import { tokenWritten } from './steps.ts';
import type { Workshop } from './workshop.ts';

/**
 * A new key becomes the active one (AWS KMS Cryptographic Details, "Domain keys": daily). Every member gets it with the
 * next token.
 */
export async function rotate(
  domain: StoredDomain,
  workshop: Workshop,
): Promise<Change<{ domainKeyId: string }>> {
  const author = authorIn(domain);
  if (author === undefined) return unchanged({ reason: 'MODULE_UNAVAILABLE', region: domain.region });
  const active = await newDomainKey(workshop, 'rotated domain key');
  const token = await nextToken(domain, author, workshop, {
    keys: (keys) => [active, ...keys.map((key) => ({ ...key, state: 'deactivated' as const }))],
  });
  const drawn = step(
    'A module makes a new domain key; the one before is deactivated.',
    [read('Module', author.name)],
    [made('Domain key', active.id)],
  );
  const steps = [drawn, tokenWritten(author, token)];
  return { ok: true, next: { ...domain, token }, output: { domainKeyId: active.id }, steps };
}

/** Deactivated keys leave the domain. */
export async function retire(
  domain: StoredDomain,
  workshop: Workshop,
  { domainKeyIds }: { domainKeyIds: readonly string[] },
): Promise<Change<{ retired: string[] }>> {
  const { region, legacy } = domain;
  const author = authorIn(domain);
  if (author === undefined) return unchanged({ reason: 'MODULE_UNAVAILABLE', region });
  const goes = ({ id }: { id: string }) => domainKeyIds.includes(id);
  const isRetired = (key: { id: string; state: string }) => key.state === 'deactivated' && goes(key);
  const retired = [...stateOf(domain).domainKeys.filter(isRetired), ...legacy.filter(goes)].map(
    ({ id }) => id,
  );
  if (retired.length === 0) return { ok: true, next: domain, output: { retired }, steps: [] };
  const token = await nextToken(domain, author, workshop, {
    keys: (keys) => keys.filter((key) => !isRetired(key)),
  });
  const forgotten = step('The modules forget deactivated domain keys.', [
    read('Module', author.name),
    read('Domain keys', retired),
  ]);
  const next = { ...domain, token, legacy: legacy.filter((key) => !goes(key)) };
  return { ok: true, next, output: { retired }, steps: [forgotten, tokenWritten(author, token)] };
}
