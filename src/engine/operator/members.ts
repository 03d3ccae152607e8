import * as v from 'valibot';
import { zones } from '../vault/zones.ts';

/** Members that several acts have. */

export const zone = v.picklist(zones);

export const keyArn = v.pipe(
  v.string(),
  v.regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/.+$/, 'must be a key ARN'),
);

export const materialId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a KeyMaterialId'));

/** `eu-central-1` */
export const region = v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be the name of a Region'));

/** `hsm-a` */
export const member = v.pipe(v.string(), v.nonEmpty(), v.maxLength(64));

/** Names, each once, however often it is given. */
export const names = v.pipe(
  v.array(member),
  v.maxLength(16),
  v.transform((all) => [...new Set(all)]),
);
