import type { DomainView, MemberView, OperatorRole, QuorumCommand } from '$engine/hsm/hsm.ts';
import type { Field } from '$engine/trace/trace.ts';
import type { Condition } from '$lib/glass/pictures/hsm/domain/condition.ts';
import type { Life, LifeKind } from '$lib/glass/pictures/hsm/call/lives.ts';

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const states: Record<MemberView['state'], string> = {
  'in-service': 'in service',
  offline: 'in the safe, without power',
  lost: 'lost its power',
  tampered: 'was opened, and zeroised itself',
};

const place = (member: MemberView): string => (member.place === 'safe' ? 'the safe' : `zone ${member.place}`);

const lifeNames: Record<LifeKind, string> = {
  domain: 'Domain key',
  backing: 'Backing key',
  call: 'Per-call key',
  wrapping: 'Wrapping key',
};

/** Words of the picture of the HSM. */
export const hsmText = {
  region: 'Region',
  noDomain:
    'No key was ever made in this cloud, so no Region has a domain yet. The first CreateKey founds one.',
  toStorage: 'Create one at the shelves',
  past: 'Modules have no journal: these are shown as they are now. The call below is of the time that you look back at.',
  example: 'This is the domain of the recorded example. Leave the example to act on your own.',

  domain: (region: string) => `Domain ${region}`,
  boundary: 'cryptographic boundary',
  place,
  states,
  member: (member: MemberView) =>
    (member.state === 'offline' ? member.name : `${member.name} in ${place(member)}`) +
    ` ${states[member.state]}` +
    (member.state === 'in-service'
      ? `: ${count(member.domainKeys.length, 'domain key', 'domain keys')}, ${count(member.handles, 'handle', 'handles')}, ${count(member.commands, 'command', 'commands')}`
      : ''),
  serial: (serial: string) => `serial ${serial.slice(0, 8)}`,
  domainKeys: 'domain keys',
  handles: (handles: number) => count(handles, 'key handle', 'key handles'),
  commands: (commands: number) => `${count(commands, 'command', 'commands')} served`,
  empty: { lost: ['No power.', 'Nothing is in its memory.'], tampered: ['Opened.', 'It zeroised itself.'] },
  safe: ['No power, no network.', 'Its own keys are kept.'],

  conditions: {
    'in-service': '',
    'only-safe':
      'No module of this Region is in service: every request that needs a key fails with KMSInternalException, which clients may try again. The sealed keys are safe in storage, and the module in the safe can still open the domain token, if a quorum lets it.',
    lost: 'No module is left that could open the domain token, the one in the safe included. Everything that this domain has sealed is lost for ever: every KMS key of the Region, and all that was encrypted under them. Only what other Regions have is left: a replica of a multi-Region key works on. To go on here, start the cloud anew.',
  } satisfies Record<Condition, string>,
  startAnew: 'Start the cloud anew …',
  conditionTitles: { 'only-safe': 'The Region is down', lost: 'The domain is lost' },

  token: {
    title: 'Domain token',
    generation: (generation: number) => `generation ${generation}`,
    bytes: (bytes: number) => count(bytes, 'byte', 'bytes'),
    whatTitle: 'The domain token',
    what: [
      'The domain’s state, signed by the module that wrote it: who its members and operators are, which rules hold, and the domain keys. These are encrypted (AES-256-GCM) under a key that is enveloped once for each member, by ECDH on P-384.',
      'Every change makes a new generation. It can be kept anywhere: without a member’s own agreement key it is so many bytes.',
    ],
  },
  keysTitle: 'Domain keys, newest first',
  keyState: { active: 'active: seals and opens', deactivated: 'deactivated: opens only' },
  inNoModule: 'in the memory of no module now',

  operators: {
    title: 'Operators, and what they may order',
    whatTitle: 'A quorum',
    what: [
      'Nobody alone can change a domain. A command to it must be signed by as many operators, of such roles, as the domain’s rule says; the modules check the signatures, not the host that hands them in.',
      'Operators look after modules. None of them can use a KMS key, or see one. That the safe takes two people of different teams is AWS’s rule; the rule for other days is not public, and this one is ours.',
    ],
    commands: {
      'replace a module': 'To replace a module, with another in service',
      'replace a module from the safe': 'To replace a module with the help of the one in the safe',
    } satisfies Record<QuorumCommand, string>,
    needs: (number: number, role: OperatorRole) => `${number} × ${role}`,
    signers: 'Who signs',
    slot: (signed: number, needed: number, role: OperatorRole) => `${role}: ${signed} of ${needed}`,
    met: 'The rule is met.',
    unmet: 'The rule is not met. Order it all the same, and the module will refuse.',
  },
  acts: {
    title: 'Operate, and break',
    domain: 'The domain',
    rotate: 'Rotate the domain key',
    rotateHint:
      'A new domain key, and every sealed key sealed anew under it. It happens by itself each day of the cloud’s clock.',
    seeShelves: 'See the seals change on the shelves',
    allPower: 'Power failure in all zones',
    module: 'A module',
    power: (name: string) => `Power failure of ${name}`,
    tamper: (name: string) => `Open the case of ${name}`,
    replace: (name: string) => `Replace ${name}`,
    offline: 'The module in the safe has no power to lose. Opening its case would still zeroise it.',
    failed: 'The modules refused',
  },
  confirm: {
    lastTitle: 'This is the last module that can open the domain token',
    last: 'If it is zeroised, nothing can ever open what this domain has sealed: every KMS key of the Region is lost. The time machine cannot bring it back, since a module has no journal.',
    cancel: 'Leave it',
    do: 'Lose it for ever',
  },

  call: {
    title: 'The call in hand',
    whatTitle: 'The short life of a key',
    what: [
      'Each column is a step inside the module. Above the wall stands what the host hands in, below it what leaves. The bars are keys in the module’s memory, from the step where each comes into being to the step where it is forgotten.',
      'A per-call key is derived from the backing key and a fresh nonce (SP 800-108), seals one plaintext, and is gone. So a backing key can serve almost any number of calls without running into the limits of AES-GCM.',
    ],
    of: (operation: string, who: string) => `${operation} by ${who}`,
    none: 'No request to show yet.',
    untouched: (operation: string) =>
      `${operation} needed no module: it stopped, or was done, before the HSM.`,
    step: 'Step',
    goesIn: 'Goes in',
    comesOut: 'Comes out',
    nothing: '–',
    lifeNames,
    life: (life: Life) => {
      if (life.kind === 'domain') return 'there before, and after';
      if (life.kind === 'call') return 'derived, used once, forgotten';
      if (life.before) return 'in memory from an earlier call, and stays';
      return life.after ? 'opened; its handle stays in memory' : 'gone with this call';
    },
    used: 'works here',
  },
  field: ({ name, value }: Field): string => {
    if (value instanceof Uint8Array) return `${name}, ${count(value.length, 'byte', 'bytes')}`;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}: ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`;
  },

  table: {
    summary: ({ region }: DomainView) => `The domain ${region} as a table`,
    member: 'Module',
    place: 'Place',
    state: 'State',
    serial: 'Serial number',
    keys: 'Domain keys in memory',
    handles: 'Handles',
    commands: 'Commands',
    key: 'Domain key',
    made: 'Made',
    none: 'none',
  },

  fips: {
    title: 'What FIPS 140 asks, and where it stands in this picture',
    whatTitle: 'FIPS 140',
    what: [
      'FIPS 140-3 (which takes over ISO/IEC 19790) says what a cryptographic module must do, in four levels. A laboratory tests a module, and NIST’s and Canada’s validation program (CMVP) issues the certificate.',
      'A certificate is about one module in one version. It says nothing about the service around it: who may use a key is decided before the module is asked.',
    ],
    columns: { level: 'Level', demands: 'Asks for', here: 'In this picture' },
    levels: [
      {
        level: 'Level 1',
        demands:
          'Approved algorithms, tested each time it starts; a defined boundary; roles. No physical protection beyond ordinary parts. Software can reach it.',
        here: 'The boundary around each module, and AES-256-GCM, SP 800-108, ECDSA and ECDH P-384 in its steps.',
      },
      {
        level: 'Level 2',
        demands:
          'Signs of tampering that an inspector would see, such as seals and coatings; operators in roles that must authenticate.',
        here: 'Operators with a role, each of whom signs.',
      },
      {
        level: 'Level 3',
        demands:
          'Notices that its case is opened, and zeroises; each operator authenticates in person; secret keys go in and out encrypted only; protection against unusual voltage and temperature.',
        here: '“Open the case” and what it leaves; signatures by name; sealed keys and the domain token as the only forms in which a key leaves. AWS KMS’s modules are validated at this level (CMVP certificate 4884).',
      },
      {
        level: 'Level 4',
        demands:
          'A complete envelope that reacts to any intrusion from any side; multi-factor authentication; fails safe when the environment leaves its bounds.',
        here: 'Nothing here stands for it.',
      },
    ],
    verdict:
      'This browser’s module is validated at no level, and could not be: it is a worker of a web page. Its algorithms are the browser’s, its wall is the origin, and its tamper switch is a button.',
  },
};
