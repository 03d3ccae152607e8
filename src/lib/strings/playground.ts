/** Words of the playground: the three faces, the glass beside them, and what was done in the others' words. */
export const playgroundText = {
  title: 'Playground',
  lead: 'The whole cloud in your hands: a console, a terminal and a code editor, and the glass beside them.',
};
