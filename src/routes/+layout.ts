/** Every page is written out at build time: it reads without JavaScript and needs no server. */
export const prerender = true;
export const trailingSlash = 'always';
