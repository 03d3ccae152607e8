import type { RequestQuery } from '$engine/look/look.ts';
import { endOfArn } from '../house/scene.ts';

/** Which of the kept requests to list. */
export interface RequestFilter {
  /** '' for all. */
  operation: string;
  outcome: 'all' | 'ok' | 'refused';
  /** ARN of a KMS key; '' for all. */
  keyArn: string;
  /** The Auditor reads the trail for pages and lessons: many requests, and not the learner's. */
  auditor: boolean;
}

/** How many requests one page of the list has. */
export const pageLength = 50;

/** What to ask the cloud for, to list this page (from 0) of what the filter lets through. */
export function requestQuery(filter: RequestFilter, page: number, auditors: readonly string[]): RequestQuery {
  return {
    from: page * pageLength,
    limit: pageLength,
    ...(filter.operation === '' ? {} : { operation: filter.operation }),
    ...(filter.outcome === 'all' ? {} : { outcome: filter.outcome }),
    ...(filter.keyArn === '' ? {} : { keyArn: filter.keyArn }),
    ...(filter.auditor ? {} : { without: [...auditors] }),
  };
}

export const isAuditor = (principalArn: string | undefined): boolean =>
  principalArn !== undefined && /:role\/Auditor$|:assumed-role\/Auditor\//.test(principalArn);

/** `Ada`: the last part of the principal's ARN. */
export const nameOf = (principalArn: string): string =>
  endOfArn(principalArn).split('/').at(-1) ?? principalArn;
