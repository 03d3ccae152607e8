import type { ExampleRequests } from '../recording/example.ts';

export const requests: ExampleRequests = async ({ kms }) => {
  const { CiphertextBlob } = await kms('Payroll').encrypt({
    KeyId: 'alias/salaries',
    Plaintext: new TextEncoder().encode('Sam: 3,900.00 EUR'),
  });
  await kms('Sam').decrypt({ CiphertextBlob });
};
