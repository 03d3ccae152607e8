import type { PrincipalsView } from '$engine/look/look.ts';
import type { OperatorAct } from '$engine/operator/acts.ts';
import { principalsText as text } from '$lib/strings/console-more.ts';

export type ShownPrincipal = PrincipalsView['principals'][number];

/** A policy while it is written: any text. */
interface PolicyDraft {
  name: string;
  text: string;
}

const firstPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['kms:DescribeKey', 'kms:Decrypt'], Resource: '*' }],
};

const written = (document: unknown) => JSON.stringify(document, null, 2);

/** A user or role while it is filled in: a new one, or one that is there. */
export class PrincipalDraft {
  type = $state<'User' | 'Role'>('Role');
  accountId = $state('');
  name = $state('');
  description = $state('');
  policies = $state<PolicyDraft[]>([]);
  readonly known: ShownPrincipal | undefined;

  constructor(accountId: string, known?: ShownPrincipal) {
    this.known = known;
    this.accountId = known?.accountId ?? accountId;
    if (known) {
      if (known.type === 'User') this.type = 'User';
      this.name = known.name;
      this.description = known.description ?? '';
    }
    this.policies = (known?.policies ?? [{ name: text.firstPolicy, document: firstPolicy }]).map(
      ({ name, document }) => ({ name, text: written(document) }),
    );
  }

  addPolicy(): void {
    this.policies.push({
      name: `${text.firstPolicy}${this.policies.length + 1}`,
      text: written(firstPolicy),
    });
  }

  /** The act that makes or changes it. @throws Error with a message for the learner where a policy is no JSON */
  get act(): OperatorAct {
    const { type, name, accountId, description, known } = this;
    const path = known && /:(?:user|role)(\/.*\/)[^/]*$/.exec(known.arn)?.[1];
    const principal = {
      type,
      name: name.trim(),
      ...(path !== undefined && { path }),
      ...(description.trim() !== '' && { description: description.trim() }),
      policies: this.policies.map((policy) => ({ name: policy.name.trim(), document: documentOf(policy) })),
      ...(known?.boundary && { boundary: known.boundary }),
      ...(known?.tags && { tags: known.tags }),
    };
    return { act: 'PutPrincipal', accountId, principal };
  }
}

function documentOf({ name, text: json }: PolicyDraft): never {
  try {
    return JSON.parse(json) as never;
  } catch (error) {
    throw new Error(text.noJson(name, (error as Error).message), { cause: error });
  }
}
