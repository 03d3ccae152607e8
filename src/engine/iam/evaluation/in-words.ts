import type { Applicable } from './applicable.ts';
import type { Assessed } from './statement.ts';

/** `statement "Sid" of the key policy` */
export function statementInWords({ placed, source }: Assessed): string {
  const { statement, index } = placed;
  const which = statement.Sid === undefined ? `statement ${index + 1}` : `statement "${statement.Sid}"`;
  return `${which} of ${policyInWords(source)}`;
}

/** `the key policy`, `identity policy "Administrator"` */
export function policyInWords({
  policy,
  policyName,
  level,
}: Pick<Applicable, 'policy' | 'policyName' | 'level'>): string {
  if (policy === 'key policy') return 'the key policy';
  const where = level === undefined ? '' : ` at ${levelInWords(level)}`;
  return `${policy} "${policyName}"${where}`;
}

/** Counted from the organization's root. */
export function levelInWords(level: number): string {
  return level === 0 ? "the organization's root" : `level ${level + 1} of the organization`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
