import type * as Sdk from '@aws-sdk/client-kms';
import { SignedClient, type ClientOptions, type Door, type Signer, type Target } from './signed-client.ts';

type CommandNameIn<Exports> = Exports extends `${infer Name}Command` ? Name : never;

/** `Encrypt`, `CreateKey`, … */
export type KmsOperation = CommandNameIn<keyof typeof Sdk>;

type Command<Name extends KmsOperation> = InstanceType<(typeof Sdk)[`${Name}Command`]>;

/** The input of an operation, as the AWS SDK types it. */
export type KmsInput<Name extends KmsOperation> = Command<Name>['input'];

/** The output of an operation, as the AWS SDK types it. */
export type KmsOutput<Name extends KmsOperation> =
  Command<Name> extends {
    resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer Output }>;
  }
    ? Output
    : never;

export interface KmsClient {
  /**
   * Sends one operation, signed by whoever is the client's identity now.
   * @throws AwsFault as KMS answers; TypeError when the cloud cannot be reached
   */
  call<Name extends KmsOperation>(operation: Name, input: KmsInput<Name>): Promise<KmsOutput<Name>>;
}

export const kmsTarget: Target = { service: 'kms', targetPrefix: 'TrentService' };

/** The page's own small client of AWS KMS. The real SDK would weigh more than the page. */
export function kmsClient(connection: Door, identity: Signer, options?: ClientOptions): KmsClient {
  const client = new SignedClient(connection, identity, kmsTarget, options);
  return {
    async call<Name extends KmsOperation>(operation: Name, input: KmsInput<Name>): Promise<KmsOutput<Name>> {
      // The members come from KMS itself, whose model the SDK's types were made from.
      return (await client.send(operation, input)) as unknown as KmsOutput<Name>;
    },
  };
}
