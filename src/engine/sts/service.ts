import type { Service } from '../service/service.ts';
import { principalIdOf } from '../iam/principal-id.ts';

/**
 * AWS STS as a service behind the gateway, as far as telling callers who they are goes. Everybody may ask, whatever
 * a policy says. AWS: STS API Reference, GetCallerIdentity.
 */
export function stsService(): Service {
  return {
    targetPrefix: 'AWSSecurityTokenServiceV20110615',
    query: { version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
    signingName: 'sts',
    eventSource: 'sts.amazonaws.com',
    operation: (name) => (name === 'GetCallerIdentity' ? { readOnly: true } : undefined),
    async invoke(_name, _input, { caller }) {
      return { Arn: caller.arn, UserId: principalIdOf(caller), Account: caller.principal.accountId };
    },
  };
}
