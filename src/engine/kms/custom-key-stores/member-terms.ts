import { validationError } from '../errors.ts';
import type { XksProxyInput } from './members.ts';

/** Which members go with which type of store (KMS API Reference, CreateCustomKeyStore and UpdateCustomKeyStore). */

const cloudHsmMembers = ['CloudHsmClusterId', 'KeyStorePassword', 'TrustAnchorCertificate'] as const;

const xksMembers = [
  'XksProxyConnectivity',
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyAuthenticationCredential',
  'XksProxyVpcEndpointServiceName',
  'XksProxyVpcEndpointServiceOwner',
] as const;

export type StoreInput = XksProxyInput & {
  CloudHsmClusterId?: string;
  KeyStorePassword?: string;
  TrustAnchorCertificate?: string;
};

type StoreMember = keyof StoreInput;
type StoreType = 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';

/** Throws ValidationException when a member is there that belongs to the other type of store. */
export function refuseForeignMembers(type: StoreType, input: StoreInput): void {
  const foreign = type === 'AWS_CLOUDHSM' ? xksMembers : cloudHsmMembers;
  for (const member of foreign) refuse(input, member, `a CustomKeyStoreType of ${type}`);
}

/** Throws ValidationException unless a new store of this type is told all that it needs, and no more. */
export function checkNewStore(type: StoreType, input: StoreInput): void {
  refuseForeignMembers(type, input);
  if (type === 'AWS_CLOUDHSM') {
    for (const member of cloudHsmMembers) demand(input, member, `a CustomKeyStoreType of ${type}`);
    return;
  }
  for (const member of xksMembers.slice(0, 4)) demand(input, member, `a CustomKeyStoreType of ${type}`);
  checkEndpointService(input);
}

/** The name of a VPC endpoint service goes with that connectivity, and with no other. */
export function checkEndpointService(input: XksProxyInput): void {
  const { XksProxyConnectivity: connectivity } = input;
  const withWhat = `an XksProxyConnectivity of ${connectivity}`;
  if (connectivity === 'VPC_ENDPOINT_SERVICE') demand(input, 'XksProxyVpcEndpointServiceName', withWhat);
  if (connectivity !== 'PUBLIC_ENDPOINT') return;
  refuse(input, 'XksProxyVpcEndpointServiceName', withWhat);
  refuse(input, 'XksProxyVpcEndpointServiceOwner', withWhat);
}

export function demand(input: StoreInput, member: StoreMember, withWhat: string): void {
  if (input[member] === undefined) throw validationError(`${member} is required with ${withWhat}.`);
}

function refuse(input: StoreInput, member: StoreMember, withWhat: string): void {
  if (input[member] !== undefined) throw validationError(`${member} is not valid with ${withWhat}.`);
}
