import * as v from 'valibot';
import { awsEnums } from '../../kms/enums.ts';
import { maybe, must, policyDocument, region, tags, text } from './words.ts';

const keyId = v.pipe(
  v.string(),
  v.regex(
    /^([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32})$/,
    'A key id is a UUID in lower case; that of a multi-Region key is mrk- and 32 hexadecimal digits.',
  ),
);

const aliasName = v.pipe(
  v.string(),
  v.regex(
    /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/,
    'An alias looks like alias/invoices, and not like alias/aws/….',
  ),
);

const grant = v.strictObject({
  name: maybe(text, 'A name for the grant.'),
  granteePrincipal: maybe(
    text,
    'ARN of the principal who may use the key. This or `granteeServicePrincipal`.',
  ),
  granteeServicePrincipal: maybe(text, 'The AWS service that may use the key.'),
  retiringPrincipal: maybe(text, 'ARN of the principal who may retire the grant.'),
  retiringServicePrincipal: maybe(text, 'The AWS service that may retire the grant.'),
  operations: must(
    v.pipe(
      v.array(v.picklist(awsEnums.GrantOperation)),
      v.minLength(1, 'A grant allows at least one operation.'),
    ),
    'What the grantee may do.',
  ),
  constraints: maybe(
    v.strictObject({
      encryptionContextEquals: maybe(tags, 'The request’s encryption context must be this one.'),
      encryptionContextSubset: maybe(tags, 'The request’s encryption context must have these pairs.'),
      sourceArn: maybe(text, 'The request must come on behalf of this resource.'),
    }),
    'When the grant holds.',
  ),
});

/** A KMS key that is there already. Each member is what the API operation of its name takes. */
export const key = v.strictObject({
  keyId: maybe(keyId, 'Drawn unless told.'),
  region: maybe(region, 'Where the key is; `us-east-1` unless told.'),
  spec: maybe(v.picklist(awsEnums.KeySpec), '`SYMMETRIC_DEFAULT` unless told.'),
  usage: maybe(v.picklist(awsEnums.KeyUsage), 'For key specs that have several usages.'),
  origin: maybe(
    v.picklist(['AWS_KMS', 'EXTERNAL']),
    '`EXTERNAL` makes a key without material, to import some.',
  ),
  description: maybe(v.string(), 'For those who look at the key.'),
  policy: maybe(policyDocument('resource'), 'The key policy; AWS’s default one unless told.'),
  tags: maybe(tags, 'Tags by their keys.'),
  multiRegion: maybe(v.boolean(), 'Makes a multi-Region primary key.'),
  replicas: maybe(v.array(region), 'Regions that it is replicated to, with the same policy.'),
  aliases: maybe(v.array(aliasName), 'Names for it, in its own Region.'),
  enabled: maybe(v.boolean(), '`false` disables it.'),
  rotationPeriodInDays: maybe(
    v.pipe(v.number(), v.integer(), v.minValue(90), v.maxValue(2560)),
    'Turns automatic rotation on.',
  ),
  grants: maybe(v.array(grant), 'Grants on it, made by its account’s root user.'),
});
