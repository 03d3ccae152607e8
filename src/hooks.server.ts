import type { Handle } from '@sveltejs/kit';

/** What prerendered pages ask for ahead: scripts and styles as usual, and the font that all text is in. */
export const handle: Handle = ({ event, resolve }) =>
  resolve(event, {
    preload: ({ type, path }) => type !== 'font' || path.includes('inter-latin-wght-normal'),
  });
