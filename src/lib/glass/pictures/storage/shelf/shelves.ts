import type { DomainView } from '$engine/hsm/hsm.ts';
import type { KeyLine, StorageView, StoredToken } from '$engine/look/look.ts';
import { generationMarks, generationOf, type Generation, type GenerationMark } from './generations.ts';

/** One copy of a sealed key, as it stands on its zone's shelf. */
export interface Tablet {
  zone: StoredToken['copies'][number]['zone'];
  state: StoredToken['copies'][number]['state'];
  /** Absent for a missing copy. */
  generation?: Generation;
}

/** One sealed key: the same place on each of the three shelves. */
export interface Column {
  /** Key ARN and material id. */
  id: string;
  token: StoredToken;
  /** What the KMS key is called here. */
  keyName: string;
  region: string;
  tablets: Tablet[];
  /** Copies that are still good. */
  good: number;
}

/** Neighbours that belong to one KMS key. */
export interface Group {
  keyArn: string;
  name: string;
  span: number;
}

/** The three shelves, and what stands on them. */
export interface ShelfScene {
  shelves: StorageView['zones'];
  columns: Column[];
  groups: Group[];
  /** Which generations are to be seen, for the legend. */
  marks: GenerationMark[];
}

/** What is drawn of a look at the storage layer. `keys` gives the names, `domains` the age of each seal. */
export function shelfScene(
  view: StorageView,
  { keys, domains }: { keys: readonly KeyLine[]; domains: readonly DomainView[] },
): ShelfScene {
  const names = new Map(keys.map((key) => [key.keyArn, key.aliases[0]?.replace(/^alias\//, '')] as const));
  const columns = view.tokens.map((token): Column => {
    const region = regionOfArn(token.keyArn);
    return {
      id: columnId(token),
      token,
      keyName: names.get(token.keyArn) ?? shortKeyId(token.keyArn),
      region,
      tablets: token.copies.map(({ zone, state, domainKeyId }) => ({
        zone,
        state,
        ...(domainKeyId !== undefined && { generation: generationOf(domainKeyId, region, domains) }),
      })),
      good: token.copies.filter(({ state }) => state === 'good').length,
    };
  });
  const seen = new Set(columns.flatMap(({ tablets }) => tablets.map(({ generation }) => generation?.mark)));
  return {
    shelves: view.zones,
    columns,
    groups: groupsOf(columns),
    marks: generationMarks.filter((mark) => seen.has(mark)),
  };
}

/** What names one sealed key among all. */
export const columnId = ({ keyArn, materialId }: Pick<StoredToken, 'keyArn' | 'materialId'>): string =>
  `${keyArn}/${materialId}`;

export const regionOfArn = (keyArn: string): string => keyArn.split(':')[3] ?? '';

/** `1234abcd` of `arn:…:key/1234abcd-…`; of a multi-Region key the first digits after `mrk-`. */
export const shortKeyId = (keyArn: string): string =>
  (keyArn.split('/').at(-1) ?? keyArn).replace(/^mrk-/, '').slice(0, 8);

function groupsOf(columns: readonly Column[]): Group[] {
  const groups: Group[] = [];
  for (const { token, keyName } of columns) {
    const last = groups.at(-1);
    if (last?.keyArn === token.keyArn) last.span++;
    else groups.push({ keyArn: token.keyArn, name: keyName, span: 1 });
  }
  return groups;
}

/** Widths in pixels that a tablet's place may have: enough to be hit, and no wider than is handsome. */
const narrowest = 24;
const widest = 108;

/** How wide a place is when so many are to stand side by side. */
export const pitchFor = (width: number, places: number): number =>
  Math.max(narrowest, Math.min(widest, Math.floor(width / Math.max(1, places))));

/** How many tablets fit on a shelf: a page of them. */
export const pageLengthFor = (width: number): number => Math.max(8, Math.floor(width / narrowest));

/** From this width of a place on, a tablet has its writing, and its KMS key's name stands above it. */
export const roomy = 52;

/** How large a tablet is in a place so wide, in pixels. */
export const tabletSize = (pitch: number): { width: number; height: number } =>
  pitch >= roomy
    ? { width: pitch - Math.round(pitch * 0.16), height: Math.round(56 + pitch * 0.5) }
    : { width: pitch - 6, height: 60 };
