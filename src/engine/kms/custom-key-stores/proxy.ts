import { AwsError } from '../../errors/aws-error.ts';
import type { Reader } from '../../vault/vault.ts';
import type { KeyLocation } from '../identifiers.ts';
import type { Rooms } from '../operation.ts';
import type { ConnectionErrorCode, XksProxy } from './backends.ts';
import type { XksProxyInput } from './members.ts';
import { storesIn } from './records.ts';

/** A proxy as a request describes it; what the request leaves out stays as it was. */
export function proxyFrom(input: XksProxyInput, before?: XksProxy): XksProxy {
  const connectivity = input.XksProxyConnectivity ?? before?.connectivity ?? 'PUBLIC_ENDPOINT';
  const serviceName = input.XksProxyVpcEndpointServiceName ?? before?.vpcEndpointServiceName;
  const serviceOwner = input.XksProxyVpcEndpointServiceOwner ?? before?.vpcEndpointServiceOwner;
  const credential = input.XksProxyAuthenticationCredential;
  return {
    connectivity,
    uriEndpoint: input.XksProxyUriEndpoint ?? before?.uriEndpoint ?? '',
    uriPath: input.XksProxyUriPath ?? before?.uriPath ?? '',
    accessKeyId: credential?.AccessKeyId ?? before?.accessKeyId ?? '',
    rawSecretAccessKey: credential?.RawSecretAccessKey ?? before?.rawSecretAccessKey ?? '',
    ...(connectivity === 'VPC_ENDPOINT_SERVICE' && {
      ...(serviceName !== undefined && { vpcEndpointServiceName: serviceName }),
      ...(serviceOwner !== undefined && { vpcEndpointServiceOwner: serviceOwner }),
    }),
  };
}

/**
 * Holds a proxy against AWS's rules of uniqueness (KMS API Reference, CreateCustomKeyStore, XksProxyUriEndpoint),
 * `storeId` being the store that it is for. Throws XksProxyUriInUse-, XksProxyUriEndpointInUse- or
 * XksProxyVpcEndpointServiceInUseException.
 */
export function checkProxyIsFree(
  reader: Reader,
  location: KeyLocation,
  proxy: XksProxy,
  storeId?: string,
): void {
  for (const { id, backing } of storesIn(reader, location)) {
    if (id === storeId || backing.type !== 'EXTERNAL_KEY_STORE') continue;
    const other = backing.proxy;
    const sameService =
      proxy.vpcEndpointServiceName !== undefined &&
      proxy.vpcEndpointServiceName === other.vpcEndpointServiceName;
    const sameEndpoint = proxy.uriEndpoint.toLowerCase() === other.uriEndpoint.toLowerCase();
    if (sameService) {
      throw inUse('VpcEndpointService', `VPC endpoint service ${proxy.vpcEndpointServiceName}`, id);
    }
    if (sameEndpoint && proxy.uriPath === other.uriPath) {
      throw inUse('Uri', `${proxy.uriEndpoint}${proxy.uriPath}`, id);
    }
    // A public endpoint may serve several stores by their paths; a private DNS name belongs to one.
    const isPublic = proxy.connectivity === 'PUBLIC_ENDPOINT' && other.connectivity === 'PUBLIC_ENDPOINT';
    if (sameEndpoint && !isPublic) throw inUse('UriEndpoint', proxy.uriEndpoint, id);
  }
}

function inUse(what: 'Uri' | 'UriEndpoint' | 'VpcEndpointService', shown: string, storeId: string): AwsError {
  return new AwsError(
    `XksProxy${what}InUseException`,
    `${shown} is already associated with custom key store ${storeId}.`,
  );
}

/** Asks the proxy how it is, as AWS does before it stores where it is. Throws what AWS answers when it is not well. */
export async function checkProxyHealth(proxy: XksProxy, rooms: Rooms): Promise<void> {
  const problem = await proxyProblem(proxy, rooms);
  if (!problem) return;
  const name = refusals[problem] ?? 'XksProxyUriUnreachableException';
  throw new AwsError(
    name,
    `The external key store proxy at ${proxy.uriEndpoint} cannot be used: ${problem}.`,
  );
}

/** What stands in the way of using the proxy. */
export async function proxyProblem(
  proxy: XksProxy,
  { keyStores }: Rooms,
): Promise<ConnectionErrorCode | undefined> {
  if (keyStores.xks) return keyStores.xks.health(proxy);
  return proxy.connectivity === 'PUBLIC_ENDPOINT'
    ? 'XKS_PROXY_NOT_REACHABLE'
    : 'XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND';
}

const refusals: Partial<Record<ConnectionErrorCode, string>> = {
  INVALID_CREDENTIALS: 'XksProxyIncorrectAuthenticationCredentialException',
  XKS_PROXY_ACCESS_DENIED: 'XksProxyIncorrectAuthenticationCredentialException',
  XKS_PROXY_INVALID_CONFIGURATION: 'XksProxyInvalidConfigurationException',
  XKS_PROXY_INVALID_TLS_CONFIGURATION: 'XksProxyInvalidConfigurationException',
  XKS_PROXY_INVALID_RESPONSE: 'XksProxyInvalidResponseException',
  XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION: 'XksProxyVpcEndpointServiceInvalidConfigurationException',
  XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND: 'XksProxyVpcEndpointServiceNotFoundException',
};
