import type { Simulation, SimulationQuery } from '$engine/look/look.ts';

/** What is asked of a key most often, and the rest of each request. */
export const reachOperations: Record<string, SimulationQuery['input']> = {
  Encrypt: {},
  Decrypt: {},
  GenerateDataKey: {},
  Sign: { SigningAlgorithm: 'RSASSA_PSS_SHA_256' },
  GenerateMac: { MacAlgorithm: 'HMAC_SHA_256' },
  DescribeKey: {},
  CreateGrant: { GranteePrincipal: 'arn:aws:iam::111122223333:root', Operations: ['Decrypt'] },
  PutKeyPolicy: { Policy: '{}' },
  ScheduleKeyDeletion: {},
};

/** Whether policies allow it: as they are, and under the draft. */
export interface Reached {
  before: boolean;
  after: boolean;
  /** The key is not made for it, whoever asks. */
  isUnfit: boolean;
}

/** Asks the cloud whether the policies allow somebody each of these operations, as they are and under the draft. */
export async function reachOf(
  simulate: (query: SimulationQuery) => Promise<Simulation>,
  asker: Pick<SimulationQuery, 'principalArn' | 'region'>,
  draft: { keyArn: string; policy: string },
): Promise<Record<string, Reached>> {
  const asked = Object.entries(reachOperations).map(async ([operation, rest]) => {
    const query = { ...asker, operation, input: { KeyId: draft.keyArn, ...rest } };
    const [before, after] = await Promise.all([simulate(query), simulate({ ...query, draft })]);
    const isUnfit = [before, after].some(({ error }) => error?.name === 'InvalidKeyUsageException');
    return [operation, { before: isPermitted(before), after: isPermitted(after), isUnfit }] as const;
  });
  return Object.fromEntries(await Promise.all(asked));
}

/** Whatever its state, the key may be used for it. */
function isPermitted({ steps, error, draftRefused }: Simulation): boolean {
  if (draftRefused) return false;
  const decided = steps.some(({ fields }) => fields.some(({ name }) => name === 'Decision'));
  return decided && error?.name !== 'AccessDeniedException';
}
