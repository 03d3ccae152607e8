/** Where a listing that was cut short goes on: JSON in Base64 (botocore, `paginate.py`, `TokenEncoder`). */
import { fromBase64, toBase64 } from '$lib/envelope/base64.ts';

export interface ResumeToken {
  /** The service's own; `null` for the first page. */
  next: string | null;
  /** How many items of that page have been shown, where it was cut. */
  skip?: number;
}

const truncateAmount = 'boto_truncate_amount';

export function writeToken(member: string, { next, skip }: ResumeToken): string {
  const fields = [`${JSON.stringify(member)}: ${JSON.stringify(next)}`];
  if (skip !== undefined) fields.push(`"${truncateAmount}": ${skip}`);
  return toBase64(new TextEncoder().encode(`{${fields.join(', ')}}`));
}

/** A token that is none of ours is taken for the service's own. */
export function readToken(member: string, text: string): ResumeToken {
  try {
    const fields = JSON.parse(new TextDecoder().decode(fromBase64(text))) as Record<string, unknown>;
    const next = fields[member];
    return { next: typeof next === 'string' ? next : null, skip: Number(fields[truncateAmount] ?? 0) };
  } catch {
    return { next: text, skip: 0 };
  }
}
