/** Words of the text editor. */
export const monacoText = {
  loading: 'The editor is loading.',
  failed: 'The editor could not be loaded; here is a plain one.',
  /** Tab writes a tab, so a keyboard needs to know the way out. */
  label: (name: string) => `${name}. Press Control+M, on a Mac Control+Shift+M, to have Tab move on instead.`,
};
