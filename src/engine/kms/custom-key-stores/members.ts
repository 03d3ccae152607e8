import { hidden, oneOf, required, string, structure } from '../../declaration/members.ts';
import { awsEnums } from '../enums.ts';

/** Members that CreateCustomKeyStore and UpdateCustomKeyStore share, each with AWS's constraints said once. */

export const customKeyStoreName = () => string({ min: 1, max: 256 });

export const cloudHsmClusterId = () => string({ min: 19, max: 24, pattern: '^cluster-[2-7a-zA-Z]{11,16}$' });

export const keyStorePassword = () => hidden(string({ min: 7, max: 32 }));

/** Where an external key store proxy is and how to sign for it. Its credential never shows in CloudTrail. */
export const xksProxyMembers = () => ({
  XksProxyUriEndpoint: string({ min: 10, max: 128, pattern: '^https://[a-zA-Z0-9.-]+$' }),
  XksProxyUriPath: string({
    min: 10,
    max: 128,
    pattern: '^(/[a-zA-Z0-9/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$',
  }),
  XksProxyVpcEndpointServiceName: string({
    min: 20,
    max: 64,
    pattern: '^com\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$',
  }),
  XksProxyVpcEndpointServiceOwner: string({ min: 12, max: 12, pattern: '^\\d{12}$' }),
  XksProxyAuthenticationCredential: hidden(
    structure({
      AccessKeyId: required(hidden(string({ min: 20, max: 30, pattern: '^[A-Z2-7]+$' }))),
      RawSecretAccessKey: required(hidden(string({ min: 43, max: 64, pattern: '^[a-zA-Z0-9/+=]+$' }))),
    }),
  ),
  XksProxyConnectivity: oneOf(awsEnums.XksProxyConnectivity),
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
