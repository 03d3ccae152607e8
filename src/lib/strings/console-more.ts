/** Words of the console's other pages: custom key stores, audit trail, principals, all operations. */
/** Words of the form that makes a custom key store. */
export const createStoreText = {
  type: 'Custom key store type',
  types: { AWS_CLOUDHSM: 'CloudHSM key store', EXTERNAL_KEY_STORE: 'External key store' },
  typeMeans: {
    AWS_CLOUDHSM: 'Keys are made and used in the HSMs of a CloudHSM cluster of your own.',
    EXTERNAL_KEY_STORE:
      'Keys stay in a key manager outside of AWS; KMS asks for each use through an external key store proxy.',
  },
  name: 'Custom key store name',
  cluster: 'CloudHSM cluster id',
  clusterHint: 'Such as cluster-2a34b5cdefg. One cluster backs one store.',
  password: 'Password of kmsuser',
  passwordHint:
    '7 to 32 characters: the crypto user as which KMS logs in. KMS does not check it before it connects.',
  certificate: 'Trust anchor certificate',
  certificateHint: 'The content of customerCA.crt, with which the cluster was initialised.',
  endpoint: 'Proxy URI endpoint',
  endpointHint: 'Such as https://xks.example.com, without a path.',
  path: 'Proxy URI path',
  pathHint: 'Ends in /kms/xks/v1; may have a prefix.',
  connectivity: 'Proxy connectivity',
  connectivities: {
    PUBLIC_ENDPOINT: 'Public endpoint',
    VPC_ENDPOINT_SERVICE: 'VPC endpoint service',
  },
  service: 'VPC endpoint service name',
  serviceHint: 'Such as com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0.',
  accessKeyId: 'Proxy credential: access key id',
  accessKeyIdHint: '20 to 30 capital letters, and digits 2 to 7. The proxy made it; it is none of AWS’s.',
  secret: 'Proxy credential: secret access key',
  secretHint: '43 to 64 characters, as in Base64.',
  create: 'Create custom key store',
  done: 'The store has been made. Connect it to use it.',
};

export const storesText = {
  lead: 'A custom key store keeps the material of some keys in HSMs of your own, or in a key manager outside of AWS, and KMS asks there for each use. It must be connected to be used.',
  nothingBehind:
    'In this cloud nothing stands behind a custom key store: no CloudHSM cluster, no external key manager. A CloudHSM key store can be made all the same, and connecting it fails; an external one is refused, since its proxy does not answer.',
  none: 'There is no custom key store in this Region.',
  table: 'Custom key stores',
  columns: { name: 'Name', id: 'Id', type: 'Type', state: 'Connection', created: 'Created', acts: 'Acts' },
  connect: 'Connect',
  disconnect: 'Disconnect',
  update: 'Update',
  delete: 'Delete',
  create: 'Create custom key store',
  createAbout: 'It is made disconnected: connect it to make keys in it.',
  states: {
    CONNECTED: 'Its keys can be made and used.',
    CONNECTING: 'KMS is connecting; this takes minutes. Refresh to see.',
    DISCONNECTED: 'Its keys are Unavailable. Nothing is lost.',
    DISCONNECTING: 'KMS is disconnecting.',
    FAILED:
      'Connecting has failed; the error code says why. Its keys cannot be used. Disconnect it first, mend the cause, update the store if its own settings were wrong, then connect again.',
  } as Record<string, string>,
  code: 'Error code',
  disconnectTitle: (name: string) => `Disconnect ${name}`,
  disconnectAbout:
    'All its keys become Unavailable: whatever they encrypted cannot be read until the store is connected again. Keys and material stay as they are. For a CloudHSM store kmsuser is logged out, so you can use it yourself.',
  disconnectCheck: 'I confirm that the keys of this store will be of no use meanwhile.',
  deleteTitle: (name: string) => `Delete ${name}`,
  deleteAbout:
    'Only a disconnected store without keys can be deleted. The cluster, or the external key manager, and what is in it stay: KMS only forgets the way there.',
};

export const trailText = {
  lead: 'What CloudTrail has recorded in this account and Region, newest first: who asked what, of which key, and how it ended. LookupEvents looks by one attribute at a time; the other filters work on what has been read.',
  key: 'Key ARN',
  principal: 'Principal’s name',
  operation: 'Operation',
  outcome: 'Outcome',
  outcomes: { all: 'Any', ok: 'Allowed', refused: 'Refused' },
  own: 'Leave out what the console itself asked to show its pages',
  look: 'Look up',
  asked: (by: string) => `Asked CloudTrail by ${by}.`,
  askedAll: 'Asked CloudTrail for everything.',
  none: 'No record fits.',
  older: 'Read older records',
  read: (shown: number, read: number) => `${shown} of ${read} records read`,
};

export const principalsText = {
  lead: 'Who can sign requests in this cloud. IAM’s own API is not part of it; what an account’s administrator does there, making users and roles and writing their policies, is done here, and stands on the time line.',
  table: 'Principals',
  columns: { name: 'Name', type: 'Type', account: 'Account', credentials: 'Credentials', acts: 'Acts' },
  actAs: 'Act as',
  acting: 'acting',
  long: 'access key',
  session: 'temporary credentials of a role session',
  policies: 'Identity policies',
  boundary: 'Permissions boundary: identity policies allow nothing that it does not',
  sessionPolicies: 'Session policies',
  organization: 'Policies of the organization',
  noPolicies: 'No identity policy: only what key policies and grants allow.',
  look: 'Seen through the glass: no request of AWS KMS gives it.',
  new: 'Create user or role',
  newAbout: 'It gets an access key at once, a role that of a session, so that requests can be signed as it.',
  kinds: {
    Role: 'For programs and services. Its credentials are those of a session, and end.',
    User: 'For a person. Its access key lasts.',
  },
  description: 'Description (optional)',
  firstPolicy: 'UseKeys',
  policy: (number: number) => `Identity policy ${number}`,
  policyName: (number: number) => `Name of policy ${number}`,
  document: (number: number) => `Document of policy ${number} (JSON)`,
  addPolicy: 'Add a policy',
  removePolicy: (number: number) => `Remove policy ${number}`,
  create: 'Create',
  edit: (name: string) => `Change ${name}`,
  change: 'Save changes',
  keep: 'Leave it as it is',
  refused: 'Nothing has changed:',
  noJson: (name: string, problem: string) => `${name} is no JSON: ${problem}`,
  keyPolicies: 'Key policies count as well: see a key’s page, and the policy simulator.',
};

export const operationsText = {
  lead: 'Every operation of AWS KMS, with a form that follows from its declaration. Whatever has no page of its own can be done here.',
  search: 'Search',
  table: 'Operations',
  columns: { name: 'Operation', about: 'What it does', kind: 'Kind' },
  reads: 'reads',
  changes: 'changes',
  unknown: (name: string) => `KMS has no operation ${name}.`,
  back: 'All operations',
  required: 'required',
  optional: (count: number) => `Optional members (${count})`,
  send: 'Send',
  form: 'Form',
  preview: 'Request',
  noMembers: 'This operation takes nothing.',
  reply: 'Reply',
  emptyReply: 'Done. The reply is empty.',
  notSet: 'not said',
  yes: 'true',
  no: 'false',
  item: (name: string, index: number) => `${name} ${index + 1}`,
  addItem: (name: string) => `Add to ${name}`,
  removeItem: (name: string) => `Remove ${name}`,
  pairName: 'Name',
  pairValue: 'Value',
  encoding: (name: string) => `${name}: given as`,
  constraints: {
    length: (min: number | undefined, max: number | undefined, unit: string) => `${span(min, max)} ${unit}`,
    range: (min: number | undefined, max: number | undefined) => `a whole number${from(min, max)}`,
    items: (min: number | undefined, max: number | undefined) => `${span(min, max)} items`,
    pattern: (pattern: string) => `pattern ${pattern}`,
    timestamp: 'a date and time, as 2026-12-24T18:00Z, or seconds since 1970',
  },
  problems: {
    integer: 'A whole number',
    timestamp: 'A date and time, as 2026-12-24T18:00Z',
    bytes: 'These bytes cannot be read in this encoding',
  },
  raw: 'As JSON, as it came',
  danger:
    'This takes away what may not come back. The key’s own page says what will be lost; here it is sent as it stands.',
};

const span = (min: number | undefined, max: number | undefined) =>
  max === undefined
    ? `at least ${min ?? 0}`
    : min === max
      ? `${max}`
      : `${min ?? 0} to ${max.toLocaleString('en')}`;
const from = (min: number | undefined, max: number | undefined) =>
  min === undefined ? '' : max === undefined ? ` from ${min}` : ` from ${min} to ${max}`;
