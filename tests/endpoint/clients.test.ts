import { describe, expect, test } from 'vitest';
import { startEndpoint } from '../support/endpoint.ts';
import { available, runProgram } from '../support/programs.ts';

/** What README tells people to set, and nothing else. */
function environment(url: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: url,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    PYTHONWARNINGS: 'ignore',
  };
}

describe.runIf(available('aws', ['--version']))('the AWS CLI', () => {
  test('needs an address and nothing else', { timeout: 60_000 }, async () => {
    const { url } = await startEndpoint();
    const run = (...args: string[]) => runProgram('aws', [...args, '--output', 'text'], environment(url));
    const created = await run('kms', 'create-key', '--query', 'KeyMetadata.KeyId');
    expect(created).toMatchObject({ code: 0, stderr: '' });
    const listed = await run('kms', 'list-keys', '--query', 'Keys[].KeyId', '--region', 'us-east-1');
    expect(listed.stdout).toBe(created.stdout);
    const elsewhere = await run('kms', 'list-keys', '--query', 'Keys[].KeyId', '--region', 'eu-west-1');
    expect(elsewhere.stdout.trim()).toBe('');
  });
});

const program = `
import boto3
kms = boto3.client('kms')
key = kms.create_key()['KeyMetadata']['KeyId']
blob = kms.encrypt(KeyId=key, Plaintext=b'secret')['CiphertextBlob']
print(kms.decrypt(CiphertextBlob=blob)['Plaintext'].decode())
`;

describe.runIf(available('python3', ['-c', 'import boto3']))('boto3', () => {
  test('needs an address and nothing else', { timeout: 60_000 }, async () => {
    const { url } = await startEndpoint();
    const answer = await runProgram('python3', ['-c', program], environment(url));
    expect(answer).toEqual({ code: 0, stdout: 'secret\n', stderr: '' });
  });
});
