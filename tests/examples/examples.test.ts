import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examples } from '../../examples/recording/all.ts';
import { record } from '../../examples/recording/record.ts';
import type { Decision } from '../../src/engine/iam/types.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { examples as listed, exampleNamed, type ExampleName } from '../../src/lib/glass/examples/examples.ts';
import { readRecording, writeRecording } from '../../src/lib/glass/examples/recording.ts';

interface Claim {
  operation: string;
  /** The account and name of whoever asks. */
  by: string;
  /** The account and Region of the key. */
  key: string;
  /** The rule that decided, with the statement or grant that did where one is named. */
  decided: string;
  /** The error's name and the station that refused; nothing where the request was answered. */
  refused?: string;
}

/** What each example is there to show. */
const claims: Record<ExampleName, Claim> = {
  allowed: {
    operation: 'Encrypt',
    by: '111122223333 user/Billing',
    key: '111122223333 us-east-1',
    decided: 'allowed-by-identity-policy-through-root-delegation: EncryptInvoices',
  },
  'denied-by-policy': {
    operation: 'Decrypt',
    by: '111122223333 user/Sam',
    key: '111122223333 us-east-1',
    decided: 'explicit-deny-in-key-policy: OnlyPayrollDecrypts',
    refused: 'AccessDeniedException at may',
  },
  'denied-by-state': {
    operation: 'Decrypt',
    by: '111122223333 user/Ada',
    key: '111122223333 us-east-1',
    decided: 'allowed-by-identity-policy-through-root-delegation: AllOfKms',
    refused: 'KMSInvalidStateException at may',
  },
  'context-mismatch': {
    operation: 'Decrypt',
    by: '111122223333 user/Ada',
    key: '111122223333 us-east-1',
    decided: 'allowed-by-identity-policy-through-root-delegation: AllOfKms',
    refused: 'InvalidCiphertextException at hsm',
  },
  'via-service': {
    operation: 'GenerateDataKey',
    by: '111122223333 user/Ada',
    key: '111122223333 us-east-1',
    decided:
      'allowed-by-key-policy: Allow access through S3 for all principals in the account that are authorized to use S3',
  },
  'cross-account': {
    operation: 'Decrypt',
    by: '444455556666 user/Bea',
    key: '111122223333 us-east-1',
    decided: 'allowed-by-both-accounts: TheHeadOfficesKey',
  },
  'grant-used': {
    operation: 'Decrypt',
    by: '111122223333 assumed-role/NightlyReport/night',
    key: '111122223333 us-east-1',
    decided: 'allowed-by-grant: nightly',
  },
  'rotated-key': {
    operation: 'Decrypt',
    by: '111122223333 user/Ada',
    key: '111122223333 us-east-1',
    decided: 'allowed-by-identity-policy-through-root-delegation: AllOfKms',
  },
  'multi-region': {
    operation: 'Decrypt',
    by: '111122223333 user/Ada',
    key: '111122223333 eu-west-1',
    decided: 'allowed-by-identity-policy-through-root-delegation: AllOfKms',
  },
  'copies-repaired': {
    operation: 'Decrypt',
    by: '111122223333 user/Ada',
    key: '111122223333 us-east-1',
    decided: 'allowed-by-identity-policy-through-root-delegation: AllOfKms',
  },
};

it('has words for every example, and a recording behind all words', () => {
  expect(listed.map(({ name }) => name).sort()).toEqual([...examples.keys()].sort());
  expect(exampleNamed('allowed')?.title).toBe('Allowed');
  expect(exampleNamed('no such example')).toBeUndefined();
});

describe.each(listed)('the example $name', ({ name, load }) => {
  it('happens again as it was recorded', async () => {
    const { scenario, requests } = examples.get(name)!;
    const anew = await record(name, scenario, requests);
    const written = readFileSync(join('examples', name, 'recorded.json'), 'utf8');
    expect(readRecording(JSON.parse(written)), 'npm run examples').toEqual(anew);
    expect(writeRecording(anew)).toBe(written);
    expect(await load()).toEqual(anew);
  });

  it('shows what it claims', async () => {
    expect(claimsOf((await load()).trace)).toEqual(claims[name]);
  });
});

function claimsOf(trace: TraceRecord): Claim {
  const [, , , region, owner] = trace.keyArn!.split(':');
  const [, , , , account, who] = trace.principalArn!.split(':');
  const refusal = trace.steps.find(({ outcome }) => outcome === 'refused');
  return {
    operation: trace.operation,
    by: `${account} ${who}`,
    key: `${owner} ${region}`,
    decided: decisionOf(trace),
    ...(refusal && { refused: `${trace.errorName} at ${refusal.station}` }),
  };
}

function decisionOf({ steps }: TraceRecord): string {
  const field = steps.flatMap(({ fields }) => fields).find(({ name }) => name === 'Decision');
  const { rule, statements, decidedBy, grants, decidedByGrant } = field!.value as unknown as Decision;
  const statement = decidedBy === undefined ? undefined : statements[decidedBy]?.sid;
  const grant = grants.find(({ grantId }) => grantId === decidedByGrant)?.name;
  return `${rule}: ${statement ?? grant ?? 'nothing'}`;
}
