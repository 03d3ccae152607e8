import type { StoredToken } from '$engine/look/look.ts';

/** What a disaster strikes: one sealed key, all of one KMS key, or all of the cloud. */
export type Scope = 'token' | 'key' | 'all';

/** The part of a sealed key's name that an act is to be limited to; nothing for all. */
export type Target = { keyArn?: string; materialId?: string };

export function scopedTo(scope: Scope, token: StoredToken | undefined): Target {
  if (scope === 'all' || !token) return {};
  const { keyArn, materialId } = token;
  return scope === 'key' ? { keyArn } : { keyArn, materialId };
}
