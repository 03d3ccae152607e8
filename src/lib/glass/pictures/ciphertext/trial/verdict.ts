import { stations, type Layer, type TraceRecord } from '$engine/trace/trace.ts';
import { ciphertextText } from '$lib/strings/ciphertext.ts';
import { stationNames } from '$lib/strings/house.ts';
import type { Caught } from './caught.ts';

/** What came of an attempt to open bytes. */
export interface Verdict {
  opened: boolean;
  /** Whose check it was, in a word or two, for a legend; empty when it opened. */
  where: string;
  layer: Layer;
  /** What that check found. */
  title: string;
  error?: { name: string; message: string };
  requestId?: string;
  /** Index of the step that refused, in the request's trace. */
  step?: number;
}

const text = ciphertextText.catchers;

/** It opened. */
export const openedVerdict: Verdict = {
  opened: true,
  where: '',
  layer: 'clients',
  title: ciphertextText.opened,
};

/** Tells who caught it. `trace`: of the request that KMS refused, where it is known. */
export function verdictOf(caught: Caught, trace: TraceRecord | undefined): Verdict {
  const { by, name, message, requestId } = caught;
  const error = { name, message };
  if (by !== 'kms') return { opened: false, where: text[by], layer: 'clients', title: message, error };
  const step = trace?.steps.findIndex(({ outcome }) => outcome === 'refused') ?? -1;
  const refusing = trace?.steps[step];
  return {
    opened: false,
    where: refusing ? stationNames[refusing.station] : text.kms,
    layer: refusing ? stations[refusing.station] : 'management',
    title: refusing?.title ?? message,
    error,
    ...(requestId !== undefined && { requestId }),
    ...(refusing && { step }),
  };
}
