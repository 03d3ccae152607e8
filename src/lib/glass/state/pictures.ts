/** The pictures of the glass, each at an address of its own, in the order of the tabs. */
export const pictures = [
  'house',
  'management',
  'storage',
  'hsm',
  'key',
  'ciphertext',
  'hierarchy',
  'regions',
] as const;

export type Picture = (typeof pictures)[number];

/** The path of a picture's page: the house is the glass itself. */
export function pathOf(picture: Picture): `/glass/${string}` {
  return picture === 'house' ? '/glass/' : `/glass/${picture}/`;
}

/** The picture whose page this is, under whatever base path the site stands; the house for all that is no other. */
export function pictureAt(pathname: string): Picture {
  return pictures.find((picture) => pathname.endsWith(`/glass/${picture}/`)) ?? 'house';
}
