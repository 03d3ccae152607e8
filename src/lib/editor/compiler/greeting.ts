/** The first message to TypeScript's worker of who wants programs compiled. */
export const forCompiling = 'compile';
