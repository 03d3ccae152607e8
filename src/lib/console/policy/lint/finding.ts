/** `error`: PutKeyPolicy refuses it. `warning`: it surely is not what was meant, or is dangerous. `advice`: worth a thought. */
export type Severity = 'error' | 'warning' | 'advice';

/** Something to say about a policy's text. */
export interface Finding {
  rule: string;
  severity: Severity;
  message: string;
  /** Where it stands: characters from the text's beginning. */
  from: number;
  to: number;
}

/** What the lint knows of the cloud in which the policy is to hold. */
export interface PolicyWorld {
  /** The account that owns the key. */
  accountId: string;
  principals: readonly { arn: string; principalId: string; name: string; type: string }[];
  /** Every action of KMS. */
  actions: readonly { name: string; inert: boolean }[];
}

export const severities: readonly Severity[] = ['error', 'warning', 'advice'];
