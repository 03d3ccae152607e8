import type { Moment, MomentPage, MomentQuery } from '../look/look.ts';

const mostMoments = 1000;

/** A page of those moments that fit, oldest first. */
export function momentPage(
  moments: readonly Moment[],
  query: MomentQuery,
): Pick<MomentPage, 'total' | 'from' | 'moments'> {
  const fitting = moments.filter((moment) => fits(moment, query));
  const total = fitting.length;
  const limit = Math.min(query.limit ?? 200, mostMoments);
  const wanted = query.from ?? 0;
  const from = Math.max(0, Math.min(total, wanted < 0 ? total + wanted : wanted));
  return { total, from, moments: fitting.slice(from, from + limit) };
}

function fits(moment: Moment, { keyArn, principalArn, kind, name, changing }: MomentQuery): boolean {
  return (
    (keyArn === undefined || moment.keyArns.includes(keyArn)) &&
    (principalArn === undefined || moment.principalArn === principalArn) &&
    (kind === undefined || moment.kind === kind) &&
    (name === undefined || moment.name === name) &&
    (!changing || moment.changes.length > 0)
  );
}
