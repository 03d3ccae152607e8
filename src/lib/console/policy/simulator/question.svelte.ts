import type { SimulationQuery } from '$engine/look/look.ts';
import type { Identity } from '$engine/observation.ts';
import { actor } from '$lib/cloud/actor.svelte.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { ContextPairs } from '$lib/context/context-pairs.svelte.ts';
import { operationNamed } from '$lib/operations/operations.ts';
import { requestForm, type RequestForm } from './request.ts';

/** What a simulation can begin with. */
export interface Given {
  principalArn?: string | undefined;
  operation?: string | undefined;
  keyId?: string | undefined;
  context?: Record<string, string> | undefined;
}

/** A request that nobody makes, while it is being put together. */
export class Question {
  /** Which of the cloud's credentials sign it. */
  accessKeyId = $state('');
  #operation = $state('Decrypt');
  #keys = $state<Record<string, string>>({});
  #rest = $state<string>();
  context = new ContextPairs({});
  /** As `2027-01-01T03:00`, in UTC; empty: now. */
  time = $state('');
  viaService = $state('');
  sourceIp = $state('');
  endpoint = $state('');
  mfa = $state(false);
  #firstKey: string;

  constructor({ principalArn, operation = 'Decrypt', keyId = '', context = {} }: Given) {
    const arn = principalArn ?? actor.identity?.arn;
    const signer = cloud.identities.find((identity) => identity.arn === arn) ?? cloud.identities[0];
    this.accessKeyId = signer?.credentials.accessKeyId ?? '';
    this.#operation = operationNamed(operation) ? operation : 'Decrypt';
    this.#firstKey = keyId;
    this.context.fill(context);
  }

  /** Who signs it. */
  get signer(): Identity | undefined {
    return cloud.identities.find(({ credentials }) => credentials.accessKeyId === this.accessKeyId);
  }

  get operation(): string {
    return this.#operation;
  }

  set operation(name: string) {
    this.#operation = name;
    this.#rest = undefined;
  }

  get form(): RequestForm {
    return requestForm(operationNamed(this.#operation)!);
  }

  /** The key that a member names: the first that was given, until another is. */
  keyOf(member: string): string {
    return this.#keys[member] ?? this.#firstKey;
  }

  setKey(member: string, key: string): void {
    this.#keys[member] = key;
  }

  /** All else of the request, as JSON. */
  get rest(): string {
    return this.#rest ?? JSON.stringify(this.form.rest, null, 2);
  }

  set rest(text: string) {
    this.#rest = text;
  }

  /** The rest read; `undefined` where it is no JSON object. */
  get restRead(): SimulationQuery['input'] | undefined {
    try {
      const value: unknown = JSON.parse(this.rest.trim() === '' ? '{}' : this.rest);
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isObject ? (value as SimulationQuery['input']) : undefined;
    } catch {
      return undefined;
    }
  }

  /** What to ask the cloud; `undefined` while something is missing. */
  query(region: string): SimulationQuery | undefined {
    const rest = this.restRead;
    const { signer } = this;
    if (!signer || !rest) return undefined;
    const { keys, contexts } = this.form;
    const { context } = this.context;
    const hasContext = Object.keys(context).length > 0;
    const named = keys.map((name) => [name, this.keyOf(name).trim()] as const);
    const time = this.time === '' ? NaN : Date.parse(`${this.time}Z`);
    return {
      principalArn: signer.arn,
      accessKeyId: this.accessKeyId,
      region,
      operation: this.#operation,
      input: {
        ...Object.fromEntries(named.filter(([, key]) => key !== '')),
        ...(hasContext && Object.fromEntries(contexts.map((name) => [name, context]))),
        ...rest,
      },
      userAgent: 'glass-kms-console',
      ...(!Number.isNaN(time) && { time }),
      ...(this.viaService !== '' && { viaService: this.viaService }),
      ...(this.sourceIp !== '' && { sourceIp: this.sourceIp }),
      ...(this.endpoint !== '' && { conditionKeys: { 'aws:SourceVpce': [this.endpoint] } }),
      ...(this.mfa && { mfa: true }),
    };
  }
}
