/**
 * The AWS SDK and the AWS Encryption SDK for JavaScript as they come from npm, in a page of the site's origin.
 * Tests reach them as `sdkPage`. Only `fetch` is routed: to the connection that the site's own pages use.
 */
import './node-buffer.ts';
import * as encryptionSdk from '@aws-crypto/client-browser';
import * as sdk from '@aws-sdk/client-kms';
import { cloud } from '$lib/cloud/connection.svelte.ts';

/** Acts as one of the cloud's principals. */
async function kms(name: string): Promise<sdk.KMS> {
  await cloud.start();
  const identity = cloud.identities.find((candidate) => candidate.name === name);
  if (!identity) throw new Error(`This cloud has no ${name}. ${cloud.message ?? ''}`);
  return new sdk.KMS({
    region: 'us-east-1',
    credentials: identity.credentials,
    requestHandler: { customFetch: (input, init) => cloud.fetch(new Request(input, init)) },
  });
}

export interface SdkPage {
  sdk: typeof sdk;
  encryptionSdk: typeof encryptionSdk;
  kms: typeof kms;
}

declare global {
  var sdkPage: SdkPage;
}

globalThis.sdkPage = { sdk, encryptionSdk, kms };
