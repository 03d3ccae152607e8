import { about, hidden, oneOf, required, string, structure } from '../../declaration/members.ts';
import { awsEnums } from '../enums.ts';

/** Members that CreateCustomKeyStore and UpdateCustomKeyStore share, each with AWS's constraints said once. */

export const customKeyStoreName = () =>
  about(
    'A name of your own for the custom key store, unique in the account and Region.',
    string({ min: 1, max: 256 }),
  );

export const cloudHsmClusterId = () =>
  about(
    'The CloudHSM cluster in which the keys live.',
    string({ min: 19, max: 24, pattern: '^cluster-[2-7a-zA-Z]{11,16}$' }),
  );

export const keyStorePassword = () =>
  about(
    'The password of the kmsuser account in the cluster, by which KMS logs in.',
    hidden(string({ min: 7, max: 32 })),
  );

/** Where an external key store proxy is and how to sign for it. Its credential never shows in CloudTrail. */
export const xksProxyMembers = () => ({
  XksProxyUriEndpoint: about(
    'Where the external key store proxy is: https:// and a host name.',
    string({ min: 10, max: 128, pattern: '^https://[a-zA-Z0-9.-]+$' }),
  ),
  XksProxyUriPath: about(
    'The path of the proxy’s API, which ends in /kms/xks/v1.',
    string({
      min: 10,
      max: 128,
      pattern: '^(/[a-zA-Z0-9/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$',
    }),
  ),
  XksProxyVpcEndpointServiceName: about(
    'The VPC endpoint service by which KMS reaches the proxy, where it does not go over the internet.',
    string({
      min: 20,
      max: 64,
      pattern: '^com\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$',
    }),
  ),
  XksProxyVpcEndpointServiceOwner: about(
    'The account that owns the VPC endpoint service.',
    string({ min: 12, max: 12, pattern: '^\\d{12}$' }),
  ),
  XksProxyAuthenticationCredential: about(
    'What KMS signs its requests to the proxy with; made for the proxy, and no access key of AWS.',
    hidden(
      structure({
        AccessKeyId: about(
          'Names the secret.',
          required(hidden(string({ min: 20, max: 30, pattern: '^[A-Z2-7]+$' }))),
        ),
        RawSecretAccessKey: about(
          'The secret itself.',
          required(hidden(string({ min: 43, max: 64, pattern: '^[a-zA-Z0-9/+=]+$' }))),
        ),
      }),
    ),
  ),
  XksProxyConnectivity: about(
    'Whether KMS reaches the proxy over the internet or through a VPC endpoint service.',
    oneOf(awsEnums.XksProxyConnectivity),
  ),
});

/** What requests say of a proxy. */
export interface XksProxyInput {
  XksProxyUriEndpoint?: string;
  XksProxyUriPath?: string;
  XksProxyVpcEndpointServiceName?: string;
  XksProxyVpcEndpointServiceOwner?: string;
  XksProxyAuthenticationCredential?: { AccessKeyId: string; RawSecretAccessKey: string };
  XksProxyConnectivity?: 'PUBLIC_ENDPOINT' | 'VPC_ENDPOINT_SERVICE';
}
