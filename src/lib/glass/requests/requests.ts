import type { TraceRecord } from '$engine/trace/trace.ts';
import { endOfArn } from '../house/scene.ts';

/** Which of the latest requests to list. */
export interface RequestFilter {
  /** '' for all. */
  operation: string;
  outcome: 'all' | 'ok' | 'refused';
  /** The Auditor reads the trail for pages and lessons: many requests, and not the learner's. */
  auditor: boolean;
}

/** The requests that the filter lets through, newest first. */
export function filterRequests(recent: readonly TraceRecord[], filter: RequestFilter): TraceRecord[] {
  return recent
    .filter(({ principalArn }) => filter.auditor || !isAuditor(principalArn))
    .filter(({ operation }) => filter.operation === '' || operation === filter.operation)
    .filter(({ status }) => filter.outcome === 'all' || (status === 200) === (filter.outcome === 'ok'))
    .reverse();
}

/** The operations that occur, in the order of the alphabet. */
export const operationsIn = (recent: readonly TraceRecord[]): string[] =>
  [...new Set(recent.map(({ operation }) => operation))].sort();

export const isAuditor = (principalArn: string | undefined): boolean =>
  principalArn !== undefined && /:role\/Auditor$|:assumed-role\/Auditor\//.test(principalArn);

/** `Ada`: the last part of the principal's ARN. */
export const nameOf = (principalArn: string): string =>
  endOfArn(principalArn).split('/').at(-1) ?? principalArn;

export interface GlassLink {
  requestId: string;
  /** From 0. */
  step: number;
}

/** `#request=<id>&step=<n>`, the step counted from 1 as the page shows it. */
export const linkHash = ({ requestId, step }: GlassLink): `#${string}` =>
  `#request=${encodeURIComponent(requestId)}${step > 0 ? `&step=${step + 1}` : ''}`;

/** Reads `linkHash` back; `undefined` for any other hash. */
export function parseLinkHash(hash: string): GlassLink | undefined {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const requestId = parts.get('request');
  if (!requestId) return undefined;
  const step = Number(parts.get('step') ?? 1);
  return { requestId, step: Number.isInteger(step) && step > 0 ? step - 1 : 0 };
}
