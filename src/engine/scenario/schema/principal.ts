import * as v from 'valibot';
import { accountId, maybe, must, namedPolicy, tags, text } from './words.ts';

const accessKeyId = v.pipe(
  v.string(),
  v.regex(/^\w{16,128}$/, 'An access key id has 16 to 128 letters, digits or underscores.'),
);

const name = v.pipe(
  v.string(),
  v.regex(/^[\w+=,.@-]{1,64}$/, 'A name has 1 to 64 letters, digits or characters of _+=,.@-'),
);

const path = v.pipe(
  v.string(),
  v.regex(/^\/([!-~]+\/)?$/, 'A path begins and ends with a slash, like /staff/.'),
);

const serviceName = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9.-]+\.amazonaws\.com$/, 'A service looks like s3.amazonaws.com.'),
);

const secrets = {
  accessKeyId: maybe(
    accessKeyId,
    'AKIA… for users and root, ASIA… for temporary credentials. Drawn unless told.',
  ),
  secretAccessKey: maybe(text, 'Drawn unless told.'),
};

/** The root user's own. */
export const rootAccessKey = v.strictObject(secrets);

const sessionPolicies = maybe(
  v.array(namedPolicy),
  'Policies passed when the session was made: it may do nothing that they do not allow.',
);
const mfa = maybe(v.boolean(), 'Whether the session was made with a second factor.');
const viaService = maybe(
  serviceName,
  'A forward access session: this service calls with what the principal had asked of it. Yields kms:ViaService.',
);

const userAccessKey = v.strictObject({
  ...secrets,
  sessionToken: maybe(text, 'Makes the credentials temporary ones.'),
  sessionPolicies,
  mfa,
  viaService,
});

const roleAccessKey = v.strictObject({
  ...secrets,
  sessionToken: maybe(text, 'Drawn unless told.'),
  sessionName: maybe(name, 'The name of the role session; `session` unless told.'),
  sessionPolicies,
  mfa,
  viaService,
});

const serviceAccessKey = v.strictObject({
  ...secrets,
  sourceArn: maybe(text, 'ARN of the resource on whose behalf the service calls (aws:SourceArn).'),
  sourceAccount: maybe(
    accountId,
    'The account of that resource (aws:SourceAccount); the one that the service stands under unless told.',
  ),
});

const description = maybe(v.string(), 'One sentence for the learner: who this is.');
const iam = {
  path: maybe(path, 'IAM path; `/` unless told.'),
  description,
  policies: maybe(
    v.array(namedPolicy),
    'Identity-based policies. Without any, only key policies and grants allow anything.',
  ),
  boundary: maybe(namedPolicy, 'The permissions boundary: identity policies allow nothing that it does not.'),
  tags: maybe(tags, 'For aws:PrincipalTag.'),
};

const keysText = 'Credentials to act with: one, drawn, unless told; an empty list makes none.';

const user = { type: must(v.literal('User'), 'An IAM user.'), name: must(name, 'The user’s name.'), ...iam };
const role = {
  type: must(v.literal('Role'), 'An IAM role. Each of its access keys is a session.'),
  name: must(name, 'The role’s name.'),
  ...iam,
};

/** A user or role by itself, without credentials. */
export const iamIdentity = v.variant('type', [v.strictObject(user), v.strictObject(role)]);

/** Who may act in the cloud. Each account's root user is there without being listed. */
export const principal = v.variant('type', [
  v.strictObject({ ...user, accessKeys: maybe(v.array(userAccessKey), keysText) }),
  v.strictObject({ ...role, accessKeys: maybe(v.array(roleAccessKey), keysText) }),
  v.strictObject({
    type: must(v.literal('Service'), 'An AWS service that calls in its own name. It belongs to no account.'),
    name: must(serviceName, 'The service principal.'),
    description,
    accessKeys: maybe(v.array(serviceAccessKey), keysText),
  }),
]);
