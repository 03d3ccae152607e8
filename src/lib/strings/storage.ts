import type { StoredToken, StorageView } from '$engine/look/look.ts';
import type { GenerationMark } from '$lib/glass/pictures/storage/shelf/generations.ts';
import type { Column, Tablet } from '$lib/glass/pictures/storage/shelf/shelves.ts';

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const states: Record<StoredToken['copies'][number]['state'], string> = {
  good: 'A good copy',
  missing: 'No copy',
  corrupt: 'Corrupt: it does not match its checksum',
};

const seals: Record<GenerationMark, string> = {
  active: 'Sealed by the active domain key',
  before: 'By the domain key before it',
  older: 'By an older one',
  unknown: 'By one that is in no module now',
};

const zone = (name: string): string => `Zone ${name}`;
const imported = (token: StoredToken): string => (token.imported ? `${token.spec}, imported` : token.spec);

/** Words of the picture of the storage layer. */
export const storageText = {
  zone,
  states,
  seals,
  spec: imported,
  shelves: 'Sealed keys by zone. Arrow keys go from copy to copy.',
  shelfCounts: ({ good, missing, corrupt }: StorageView['zones'][number]) =>
    [
      `${good.toLocaleString('en')} good`,
      ...(missing > 0 ? [`${missing.toLocaleString('en')} missing`] : []),
      ...(corrupt > 0 ? [`${corrupt.toLocaleString('en')} corrupt`] : []),
    ].join(', '),
  tablet: ({ keyName, token }: Column, tablet: Tablet) =>
    `${zone(tablet.zone)}, ${keyName}, material ${token.materialId.slice(0, 6)}, ${imported(token)}: ${states[tablet.state]}` +
    (tablet.generation ? `. ${seals[tablet.generation.mark]}` : ''),
  tabletState: ({ state, generation }: Tablet) =>
    generation
      ? `${state}, domain key ${generation.id.slice(0, 8)}${generation.mark === 'active' ? ' (active)' : ''}`
      : state,
  copiesLegend: 'How copies are drawn',
  sealsLegend: 'How seals are drawn',
  importedLegend: 'Imported material',

  filters: {
    region: 'Region',
    allRegions: 'All Regions',
    key: 'KMS key',
    allKeys: 'All keys',
    damaged: 'Only where a copy is bad or missing',
  },
  pages: 'Which sealed keys are on the shelves',
  previous: 'Earlier',
  next: 'Later',
  page: (from: number, length: number, total: number) =>
    `${(from + 1).toLocaleString('en')} to ${Math.min(from + length, total).toLocaleString('en')} of ${total.toLocaleString('en')}`,
  tableSummary: (columns: number) => `The shelves as a table: ${count(columns, 'sealed key', 'sealed keys')}`,
  table: {
    key: 'KMS key',
    region: 'Region',
    material: 'Key material id',
    spec: 'Key spec',
    choose: 'Bytes',
    open: 'Show',
  },

  detail: {
    title: (name: string) => `Sealed key of ${name}`,
    key: 'KMS key',
    material: 'Material id',
    spec: 'Key spec',
    whatTitle: 'What a zone holds',
    what: [
      'The sealed bytes are the backing key under AES-256-GCM, with a 16-byte tag at the end. The IV was drawn for this seal alone.',
      'The AAD (additional authenticated data) is written beside the key in the clear, and the tag covers it. So a token that is filed under another KMS key, or another domain key, does not open.',
      'Every copy has a checksum too, by which a zone finds out decay without any key. Against malice there is the tag, which only the module can check.',
    ],
    sealed: 'Sealed key with its tag',
    iv: 'IV',
    aad: 'AAD: what the seal is bound to',
    nothing:
      'This zone holds nothing of it. The next reader that asks here, or a repair, brings a new copy from another zone.',
    nothingAnywhere:
      'This zone holds nothing of it, and no zone has a good copy from which it could be repaired.',
    changed: (positions: number[]) =>
      positions.length === 1
        ? `Byte ${positions[0]} differs from the good copy.`
        : `${positions.length} bytes differ from the good copy.`,
    lose: (name: string) => `Lose zone ${name}’s copy`,
    corrupt: 'Turn over one bit',
  },

  acts: {
    title: 'Break it, and mend it',
    zones: 'Zones that are struck',
    scope: 'What is lost there',
    scopes: {
      token: (name: string) => `The chosen sealed key of ${name}`,
      key: (name: string) => `Every sealed key of ${name}`,
      all: () => 'Every sealed key of the cloud',
    },
    lose: 'Lose the copies …',
    repair: 'Repair all copies',
    failed: 'It was not done',
  },
  confirm: {
    title: (zones: readonly string[]) =>
      zones.length === 3
        ? 'Lose the copies of all three zones?'
        : `Lose the copies of ${zones.map(zone).join(' and ')}?`,
    counting: 'Counting …',
    copies: (copies: number) =>
      copies === 0
        ? 'No copy stands there any more, so none goes.'
        : `${count(copies, 'copy goes', 'copies go')}.`,
    last: (tokens: number, keys: number) =>
      `For ${count(tokens, 'sealed key', 'sealed keys')} of ${count(keys, 'KMS key', 'KMS keys')} they are the last good ones.`,
    remedy:
      'What was encrypted under them cannot be decrypted by anybody any more. Imported material can be imported again by whoever still has it. This cloud’s time machine can undo the loss; AWS has none.',
    safe: 'Every sealed key keeps a good copy in another zone, from which it can be repaired.',
    cancel: 'Keep them',
    do: 'Lose them',
  },
  read: {
    do: (operation?: string) =>
      operation === 'Sign'
        ? 'Sign with it'
        : operation === 'GenerateMac'
          ? 'Make a MAC with it'
          : 'Encrypt and decrypt with it',
    hint: 'An ordinary signed request. It needs the current sealed key, asks zone a first, and leaves a good copy in every zone where it found a bad one or none on its way.',
    cannot: 'To use this kind of key takes another party’s public key, so it is not done from here.',
  },
  lost: {
    title: (keys: number) => `${count(keys, 'KMS key', 'KMS keys')} cannot be opened any more`,
    what: 'No zone has a good copy of this material left. The modules keep none of their own, so nothing that was encrypted under it can be decrypted.',
    key: (materials: number, isImported: boolean) =>
      isImported
        ? 'imported. Import the same material again from your own copy (ImportKeyMaterial), and it works as before.'
        : `${count(materials, 'material', 'materials')} made by the HSM: there is no other copy in the world.`,
    more: (more: number) => `And ${more.toLocaleString('en')} more.`,
    undo: 'Here you can undo the disaster on the time line below. In AWS nobody could.',
  },
  nines: {
    title: 'What eleven nines mean',
    whatTitle: '99.999999999 %',
    what: [
      'AWS designs the storage of sealed keys for a durability of 99.999999999 %: of a hundred thousand million keys, one would be expected to be lost in a year. How AWS works that out is not public.',
      'The table below does it for this picture: copies that fail each by itself, and a repair that makes a lost one anew. A key is lost only when the last copy fails before the first is mended. That is why each copy more is worth many nines, and why a quick repair is worth as much as a good disk.',
      'What such a figure leaves out: failures that strike all zones together, somebody’s error, and a deletion that was ordered. For imported material AWS promises no durability of this kind; keep your own copy.',
    ],
    chance: 'A given copy is lost within a year',
    repair: 'Until it is made anew',
    percent: (value: number) => `with ${value} %`,
    hours: (value: number) => (value < 24 ? count(value, 'hour', 'hours') : count(value / 24, 'day', 'days')),
    columns: { copies: 'Copies', durability: 'Durability in a year', nines: 'Nines' },
    copies: (copies: number) => count(copies, 'copy', 'copies'),
    now: 'the chosen key now',
    caption:
      'An illustration, worked out from these two figures for independent failures. The figures are assumed, and are not AWS’s.',
  },
  empty: {
    title: 'The shelves are empty',
    what: 'No KMS key has a sealed key here. CreateKey has the HSM make a backing key, seals it, and puts a copy on each shelf.',
    do: 'Create a key',
    description: 'Made at the shelves',
    past: 'At that time the shelves were empty.',
    filtered:
      'No sealed key of this KMS key is stored: its material is elsewhere, deleted, or not imported yet.',
    undamaged: 'Every copy is good.',
  },
};
