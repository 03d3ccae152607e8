import type { Cloud } from '../../src/engine/cloud.ts';

const region = 'eu-central-1';

/** A key in a Region that the fuzzer leaves alone, with something sealed under it. */
export interface Keepsake {
  /** Whether what was sealed opens still, and new things can be made. Throws with AWS's answer where not. */
  check(): Promise<void>;
}

export async function makeKeepsake(cloud: Cloud): Promise<Keepsake> {
  const plaintext = btoa('from before');
  const { KeyMetadata } = (await ask(cloud, 'CreateKey', {})) as { KeyMetadata: { KeyId: string } };
  const sealed = await ask(cloud, 'Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: plaintext });
  return {
    async check() {
      const opened = await ask(cloud, 'Decrypt', { CiphertextBlob: sealed['CiphertextBlob'] });
      if (opened['Plaintext'] !== plaintext) throw new Error('What was sealed opens to something else.');
      await makeKeepsake(cloud);
    },
  };
}

async function ask(cloud: Cloud, operation: string, input: object): Promise<Record<string, unknown>> {
  const response = await cloud.fetch(
    new Request('http://localhost/', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `TrentService.${operation}`,
        Authorization: `AWS4-HMAC-SHA256 Credential=any/20261001/${region}/kms/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    }),
  );
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${operation}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
