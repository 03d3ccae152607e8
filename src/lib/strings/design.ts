/** Words of the small parts that every face is made of. */
export const designText = {
  copy: 'Copy',
  copied: 'Copied',
  failed: 'Not allowed',
  copyThing: (what: string) => `Copy ${what}`,
};
