/** Templates of statements, each with what it is good for. */
export const templateText = {
  add: 'Add a statement for …',
  choose: 'Choose a statement',
  insert: 'Add it',
  unreadable: 'A statement can be added once the text is JSON again.',
  templates: {
    root: {
      name: 'The account’s identity policies',
      about:
        'Lets the account say by identity policies who may do what. AWS’s own default policy is this alone.',
    },
    administrators: {
      name: 'Administrators',
      about:
        'Managing the key without using it. They could give themselves the use of it, and the trail would show that.',
    },
    users: { name: 'Users of the key', about: 'Cryptography with the key, and looking at what it is.' },
    grants: {
      name: 'Grants for AWS resources only',
      about: 'Services such as EBS may make grants for somebody; by hand nobody can.',
    },
    crossAccount: {
      name: 'Another account',
      about:
        'Half of what it takes: the other account’s identity policies have to allow it too, with this key’s ARN.',
    },
    viaService: {
      name: 'Everybody, through one service',
      about: 'Whoever of the account may use S3 uses the key by it, and never directly.',
    },
    service: {
      name: 'A service in its own name',
      about: 'aws:SourceAccount keeps others from having the service work on your key for them.',
    },
    context: {
      name: 'One encryption context only',
      about:
        'The context is authenticated with the ciphertext, so the condition holds for data, not only for requests.',
    },
    mfa: {
      name: 'A second factor for deletion',
      about: 'BoolIfExists, because long-lived access keys have no such condition key at all.',
    },
    time: {
      name: 'Until a certain time',
      about: 'From then on nobody can decrypt, whatever else allows it.',
    },
    endpoint: {
      name: 'A VPC endpoint',
      about:
        'Requests come through this endpoint or not at all, unless an AWS service passes them on. In this cloud there are no endpoints.',
    },
    inUse: {
      name: 'No deletion of a key in use',
      about: 'The key must have rested for 90 days. AWS recommends it for keys whose loss would hurt.',
    },
  },
};
