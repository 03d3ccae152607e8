import { getContext, setContext } from 'svelte';
import { useSession, type LessonSession } from './session.svelte.ts';

const contextKey = Symbol('step');

export function provideStep(id: string): void {
  setContext(contextKey, id);
}

/** The step that a component stands in, and its lesson. */
export function useStep(): { session: LessonSession; step: string } {
  return { session: useSession(), step: getContext<string>(contextKey) };
}
