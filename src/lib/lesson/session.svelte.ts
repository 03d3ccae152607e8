import { getContext, setContext } from 'svelte';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { cloudTrailClient } from '$lib/cloud/cloudtrail.ts';
import { kmsClient, type KmsInput, type KmsOperation, type KmsOutput } from '$lib/cloud/kms.ts';
import { AwsFault } from '$lib/cloud/signed-client.ts';
import { EnvelopeClient } from '$lib/envelope/client.ts';
import { lessonText } from '$lib/strings/lesson.ts';
import { loadDrawer, saveDrawer } from './desk-drawer.ts';
import { emptyDesk, type Desk } from './desk.ts';
import { Inspector } from './inspector.ts';
import type { LessonMeta } from './meta.ts';
import type { CheckResult, Checks, Scenario } from './model.ts';
import { clearLesson, loadProgress, saveStep } from './progress.ts';

/** What a lesson's folder holds, as the page needs it. */
export interface Lesson {
  meta: LessonMeta;
  scenario: Scenario;
  checks: Checks;
}

/** Audit records and observations follow a reply at once; checks wait until a burst of requests is over. */
const checkDelay = 300;

const shelf = () => localStorage;
const contextKey = Symbol('lesson');

/** One learner in one lesson: the desk, who they act as, how far they are, and their latest request. */
export class LessonSession {
  readonly lesson: Lesson;
  readonly envelopes = new EnvelopeClient();
  /** Whom the learner acts as, by name. */
  principal = $state('');
  #desk = $state.raw<Desk>(emptyDesk);
  #done = $state.raw<Readonly<Record<string, string>>>({});
  #results = $state.raw<Readonly<Record<string, readonly CheckResult[]>>>({});
  #latest = $state.raw<string>();
  /** Why the checks could not look. */
  #trouble = $state.raw<string>();
  #since: Date | undefined;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(lesson: Lesson) {
    this.lesson = lesson;
    this.principal = lesson.scenario.learner;
  }

  get desk(): Desk {
    return this.#desk;
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** The trace of the learner's latest request here, once it has been observed. */
  readonly trace = $derived(cloud.recent.findLast(({ requestId }) => requestId === this.#latest));

  /** The first step that is not done; after the last, none. */
  get current(): string | undefined {
    return this.lesson.meta.steps.find(({ id }) => !this.isDone(id))?.id;
  }

  isDone(step: string): boolean {
    return this.#done[step] !== undefined;
  }

  results(step: string): readonly CheckResult[] {
    return this.#results[step] ?? [];
  }

  /** Takes up what an earlier visit left. In the browser only. */
  async resume(): Promise<void> {
    const { slug } = this.lesson.meta;
    this.#done = loadProgress(shelf).lessons[slug] ?? {};
    const { dataKey, since } = loadDrawer(shelf, slug);
    this.#since = since;
    if (!dataKey) return;
    this.#desk = { ...this.#desk, dataKey };
    // Only now is there a reason to load the envelope worker.
    const envelope = await this.envelopes.kept();
    if (envelope && !this.#desk.envelope) this.#desk = { ...this.#desk, envelope };
  }

  /** Lays things on the desk, or with `undefined` takes them away, and looks again whether a step is done. */
  put(things: Partial<Desk>, step: string): void {
    this.#desk = { ...this.#desk, ...things };
    if ('dataKey' in things) this.#save();
    this.checkSoon(step);
  }

  /**
   * Drops the plaintext data key here and in the worker, which stops what it does with it. Its bytes are
   * overwritten; copies that the browser made on the way (the reply's text) are the garbage collector's.
   */
  async forgetDataKey(step: string): Promise<void> {
    const { dataKey } = this.#desk;
    dataKey?.plaintext?.fill(0);
    await this.envelopes.forget();
    if (dataKey) this.put({ dataKey: { ...dataKey, plaintext: undefined } }, step);
  }

  /**
   * Sends a signed request as the chosen principal, or as `principal`.
   * @throws AwsFault as KMS answers; Error with a message for the learner when the cloud cannot be reached
   */
  async send<Name extends KmsOperation>(
    step: string,
    operation: Name,
    input: KmsInput<Name>,
    principal = this.principal,
  ): Promise<KmsOutput<Name>> {
    await cloud.start();
    if (cloud.status === 'failed') throw new Error(cloud.message ?? lessonText.cloudFailed);
    try {
      const output = await this.#kms(principal).call(operation, input);
      this.#latest = (output as { $metadata: { requestId?: string } }).$metadata.requestId;
      return output;
    } catch (error) {
      if (error instanceof AwsFault) this.#latest = error.requestId;
      throw error;
    } finally {
      this.checkSoon(step);
    }
  }

  /** Looks at this step, and at the current one, once it is quiet. */
  checkSoon(step: string): void {
    for (const id of new Set([step, this.current ?? step])) {
      clearTimeout(this.#timers.get(id));
      this.#timers.set(
        id,
        setTimeout(() => void this.check(id), checkDelay),
      );
    }
  }

  /** Looks whether a step is done, through the Auditor's signed requests. */
  async check(step: string): Promise<void> {
    await cloud.start();
    const auditor = { kms: this.#kms('Auditor'), trail: this.#trail() };
    const scene = { cloud: new Inspector(auditor, this.#since), desk: this.#desk };
    try {
      const results = await Promise.all(this.#checksOf(step).map((check) => check.look(scene)));
      this.#results = { ...this.#results, [step]: results };
      this.#trouble = undefined;
      if (results.every(({ kind }) => kind === 'done')) this.#finish(step);
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : lessonText.cloudFailed;
    }
  }

  /**
   * Begins anew: clears progress and desk, and takes the lesson's alias off its key. The cloud keeps its keys
   * and its audit trail; what the trail shows from before now no longer counts.
   */
  async startOver(): Promise<void> {
    const { slug } = this.lesson.meta;
    const { alias, learner } = this.lesson.scenario;
    await this.forgetDataKey('');
    await this.envelopes.clearKept();
    await cloud.start();
    // Gone already is as good.
    await this.#kms(learner)
      .call('DeleteAlias', { AliasName: alias })
      .catch(() => undefined);
    clearLesson(shelf, slug);
    this.#since = new Date();
    this.#desk = emptyDesk;
    this.#done = {};
    this.#results = {};
    this.#save();
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#desk.dataKey?.plaintext?.fill(0);
    this.envelopes.close();
  }

  #save(): void {
    saveDrawer(shelf, this.lesson.meta.slug, { dataKey: this.#desk.dataKey, since: this.#since });
  }

  #finish(step: string): void {
    if (this.isDone(step)) return;
    const time = new Date().toISOString();
    saveStep(shelf, this.lesson.meta.slug, step, time);
    this.#done = { ...this.#done, [step]: time };
  }

  #checksOf(step: string): Checks[string] {
    return this.lesson.checks[step] ?? [];
  }

  #kms(name: string) {
    return kmsClient(cloud, () => identityOf(name), { region: this.lesson.scenario.region });
  }

  #trail() {
    return cloudTrailClient(cloud, () => identityOf('Auditor'), { region: this.lesson.scenario.region });
  }
}

/** A lesson is about the principals of a new cloud; nobody stands in for them. */
function identityOf(name: string) {
  const found = cloud.identities.find((identity) => identity.name === name);
  if (!found && cloud.identities.length > 0) throw new Error(lessonText.nobody(name));
  return found;
}

export function provideSession(session: LessonSession): LessonSession {
  return setContext(contextKey, session);
}

export function useSession(): LessonSession {
  return getContext<LessonSession>(contextKey);
}
