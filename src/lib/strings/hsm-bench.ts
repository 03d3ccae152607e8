/** Words of the bench where a key is to be taken out of the module. */
export const benchText = {
  title: 'Try to take a key out',
  whatTitle: 'What is tried, and how',
  what: [
    'Every line below is really run when you press the button: first inside the module’s own worker, with all that a script there has in its hands; then from this page, which reads the module’s database as an intruder would.',
    'What you read is what the browser answered. Nothing that comes out is kept or shown; it is overwritten at once.',
  ],
  key: 'Whose material',
  run: 'Try everything',
  running: 'Trying …',
  none: 'There is no KMS key here whose material could be tried for. Create one first.',
  failed: 'It could not be tried',
  inside: 'Inside the module’s worker',
  fromPage: 'From this page',
  tally: (refused: number, through: number) => `${refused} refused, ${through} got through.`,
  refused: 'Refused',
  through: 'Got through',
  thrown: ({ name, message }: { name: string; message: string }) =>
    message === '' ? `${name} (the browser gives no more reason)` : `${name}: ${message}`,
  moral:
    'In a browser the wall is the origin: whatever script runs in this site’s name is inside, and may use what is there, though it cannot read the bytes. A hardware module has a case around it, a processor of its own, and commands that no program on the host can add to.',

  read: {
    name: 'Read the module’s database',
    got: (handles: number) => `${handles} key handles, and not one byte of a private or secret key.`,
    why: 'All script of this site may open its databases. The browser gives back handles; the bytes stay with it.',
    absent: 'In this window the module keeps nothing in a database, so there is nothing to read.',
  },
  exporting: {
    name: (kind: string, count: number) =>
      `exportKey of ${count === 1 ? 'a handle' : `${count} handles`} found there (${kind})`,
    why: 'They were stored as non-extractable, and come back so.',
  },
  using: {
    name: 'Use a handle instead of taking it',
    why: 'A handle that cannot be exported can still be used by whoever holds it. So an intruder in this origin could speak for a module as long as the page is open. In AWS a host outside the case holds no such handle.',
  },
  bytes: (length: number) => `${length} bytes. They were dropped at once.`,
};
