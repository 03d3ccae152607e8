import type { Picture } from '$lib/glass/state/pictures.ts';

/** Names of the glass's pictures, for tabs and headings, and one line on what each shows. */
export const pictureNames: Record<Picture, string> = {
  house: 'The house',
  management: 'Who, and may they',
  storage: 'Storage',
  hsm: 'HSM',
  key: 'A key',
  ciphertext: 'A ciphertext',
  hierarchy: 'Key hierarchy',
  regions: 'Regions',
};

export const pictureLines: Record<Picture, string> = {
  house: 'One request, from the client through every wall to the HSM and back.',
  management: 'How KMS learns who asks, and decides whether they may.',
  storage: 'Every sealed key, a copy in each of three zones; break some and watch.',
  hsm: 'The only place where a key works, and what it takes to get one out.',
  key: 'One KMS key: its name, state, material, policy, and who used it.',
  ciphertext: 'Every byte of a ciphertext, and where a changed bit is caught.',
  hierarchy: 'Which key protects which, and what falls with one that is lost or leaked.',
  regions: 'Keys that stay in their Region, and those that are copied from HSM to HSM.',
};
