/** Why an attestation document is rejected. The reason is for the glass; callers learn only that it is. */
export class Unacceptable extends Error {
  override readonly name = 'Unacceptable';
}

/** @throws Unacceptable unless `condition` holds */
export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Unacceptable(reason);
}
