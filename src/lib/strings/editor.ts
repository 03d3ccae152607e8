import type { ExampleName } from '$lib/editor/examples/examples.ts';
import type { Place } from '$lib/editor/places.ts';
import type { RunEnding } from '$lib/editor/program-run.svelte.ts';
import type { NameFault } from '$lib/editor/project.svelte.ts';

/** Words of the code editor. */
export const editorText = {
  face: 'Code editor',
  run: 'Run',
  runHint: 'Run (Control+Enter, on a Mac Command+Enter)',
  stop: 'Stop',
  format: 'Format',
  reset: 'Reset',
  example: 'Example',
  limit: 'Time limit',
  seconds: (count: number) => (count < 60 ? `${count} s` : `${count / 60} min`),

  files: 'Files',
  newFile: 'New file',
  rename: 'Rename',
  remove: 'Delete',
  fileName: 'Name of the file',
  create: 'Create',
  save: 'Rename',
  cancel: 'Cancel',
  nameFaults: {
    form: 'Letters, digits, - and _, and at the end .ts or .js.',
    taken: 'There is such a file.',
  } satisfies Record<NameFault, string>,
  notTaken: (names: readonly string[]) =>
    `Not taken: ${names.join(', ')}. Files of programs end in .ts or .js.`,
  removeTitle: (name: string) => `Delete ${name}?`,
  removeAbout: 'What stands in it is lost.',
  replaceTitle: (example: string) => `Take the example “${example}”?`,
  replaceAbout: 'Your files here are replaced by it, and lost.',
  replace: 'Replace',

  output: 'Output',
  noOutput:
    'Run the program, and what it writes stands here. It runs in a sandbox: no network, no storage, and no way to the cloud but signed requests.',
  running: 'Running …',
  endings: {
    done: 'Ended',
    failed: 'Ended with an error',
    limit: 'Stopped: the time limit was over',
    stopped: 'Stopped',
    flood: 'Stopped: it sent more than a program may',
    broken: 'It could not be run',
    invalid: 'Not run: it cannot be compiled',
  } satisfies Record<RunEnding, string>,
  took: (milliseconds: number) =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`,
  levels: { log: '', warn: 'Warning', error: 'Error' },
  goTo: ({ name, line, column }: Place) => `Go to ${name}, line ${line}, column ${column}`,
  calls: 'API calls',
  noCalls: 'none',
  callOk: 'ok',
  trace: (operation: string) => `Walk through ${operation} in the glass`,

  forAws: 'Copy for AWS',
  forAwsTitle: 'The same on AWS',
  forAwsAbout:
    'Put these files into an empty folder, then npm install and npm start. The program is the same; with the credentials of an AWS account it does there what it does here, and AWS bills the keys that it makes.',
  forAwsEncryptionSdk:
    'The Encryption SDK that is used here is the one for browsers. In Node it runs with self.js; AWS’s own for Node is @aws-crypto/client-node.',
  close: 'Close',

  examples: {
    firstKey: 'A first key',
    envelopeEncryption: 'Envelope encryption',
    encryptionContext: 'Encryption context',
    signAndVerify: 'Sign and verify',
    hmac: 'HMAC',
    grants: 'Grants',
    rotation: 'Rotation',
    importKeyMaterial: 'Import key material',
    multiRegion: 'Multi-Region keys',
    encryptionSdk: 'AWS Encryption SDK',
    errors: 'Errors',
  } satisfies Record<ExampleName, string>,
};
