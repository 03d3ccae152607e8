import type { RequestLine, RequestPage, RequestQuery } from './look.ts';
import type { TraceKeeper } from './traces.ts';

const mostRequests = 1000;

/** A page of the requests whose traces are kept, newest first. */
export function requestPage(
  { lines, operations }: Pick<TraceKeeper, 'lines' | 'operations'>,
  query: RequestQuery,
): RequestPage {
  const { from = 0, limit = 200 } = query;
  const fitting = lines.filter((line) => fits(line, query));
  const end = fitting.length - Math.max(0, from);
  const start = Math.max(0, end - Math.min(limit, mostRequests));
  return {
    total: fitting.length,
    requests: fitting.slice(start, Math.max(0, end)).reverse(),
    operations,
  };
}

function fits(line: RequestLine, { operation, outcome, keyArn, without }: RequestQuery): boolean {
  if (operation !== undefined && line.operation !== operation) return false;
  if (keyArn !== undefined && line.keyArn !== keyArn) return false;
  if (outcome !== undefined && (line.status === 200) !== (outcome === 'ok')) return false;
  return line.principalArn === undefined || !without?.includes(line.principalArn);
}
