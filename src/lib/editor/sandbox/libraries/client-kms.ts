/**
 * AWS's SDK for KMS in the sandbox. Its build for browsers asks for Region and credentials; the one for Node finds them
 * in the environment first. Programs here are written for Node, so these clients look there, by AWS's own provider.
 */
import * as sdk from '@aws-sdk/client-kms';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { registerLibrary } from './register.ts';

type Configuration = Partial<sdk.KMSClientConfig>;

function withDefaults(configuration: Configuration): sdk.KMSClientConfig {
  return {
    ...configuration,
    credentials: configuration.credentials ?? fromEnv(),
    region: configuration.region ?? (() => Promise.resolve(process.env['AWS_REGION'] ?? 'us-east-1')),
  };
}

class KMSClient extends sdk.KMSClient {
  constructor(configuration: Configuration = {}) {
    super(withDefaults(configuration));
  }
}

class KMS extends sdk.KMS {
  constructor(configuration: Configuration = {}) {
    super(withDefaults(configuration));
  }
}

registerLibrary('@aws-sdk/client-kms', { ...sdk, KMSClient, KMS });
