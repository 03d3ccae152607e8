import type { KeyAnatomy } from '$engine/look/look.ts';
import type { KmsOperation } from '$lib/cloud/kms.ts';

/** What a transition needs to be asked for, and how it is asked for. */

/** What somebody has filled in. */
export interface TransitionValues {
  /** 7–30 (ScheduleKeyDeletion, PendingWindowInDays). */
  windowInDays: number;
  /** UpdatePrimaryRegion: the Region whose replica is to become the primary key. */
  region: string;
}

/** `window`, `region`, `material`: the one value that it needs. */
export type NeededValue = 'window' | 'region' | 'material' | 'none';

interface TransitionTerms {
  needs: NeededValue;
  /** As AWS's console does: a box to tick before anything happens that stops a key from working. */
  confirm: boolean;
}

const terms: Partial<Record<KmsOperation, TransitionTerms>> = {
  EnableKey: { needs: 'none', confirm: false },
  DisableKey: { needs: 'none', confirm: true },
  ScheduleKeyDeletion: { needs: 'window', confirm: true },
  CancelKeyDeletion: { needs: 'none', confirm: false },
  ImportKeyMaterial: { needs: 'material', confirm: false },
  DeleteImportedKeyMaterial: { needs: 'none', confirm: true },
  UpdatePrimaryRegion: { needs: 'region', confirm: false },
};

export type TransitionOperation =
  | 'EnableKey'
  | 'DisableKey'
  | 'ScheduleKeyDeletion'
  | 'CancelKeyDeletion'
  | 'ImportKeyMaterial'
  | 'DeleteImportedKeyMaterial'
  | 'UpdatePrimaryRegion';

/** Absent for what no request brings about, as the deletion itself. */
export function termsOf(operation: string): TransitionTerms | undefined {
  return terms[operation as KmsOperation];
}

/** The input of the operation, ready to be signed; not of ImportKeyMaterial, which takes several requests. */
export function transitionInput(
  operation: Exclude<TransitionOperation, 'ImportKeyMaterial'>,
  keyArn: string,
  { windowInDays, region }: TransitionValues,
) {
  switch (operation) {
    case 'ScheduleKeyDeletion':
      return { KeyId: keyArn, PendingWindowInDays: windowInDays };
    case 'UpdatePrimaryRegion':
      return { KeyId: keyArn, PrimaryRegion: region };
    default:
      return { KeyId: keyArn };
  }
}

/** How many bytes of material an import needs, where the picture can make them; the others need a key pair. */
export function materialLength({ spec }: Pick<KeyAnatomy, 'spec'>): number | undefined {
  const lengths: Record<string, number> = {
    SYMMETRIC_DEFAULT: 32,
    HMAC_224: 28,
    HMAC_256: 32,
    HMAC_384: 48,
    HMAC_512: 64,
  };
  return lengths[spec];
}
