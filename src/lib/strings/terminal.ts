/** Words of the terminal. */

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const terminalText = {
  title: 'Terminal',
  loading: 'The terminal is being loaded …',
  failed: 'The terminal could not be loaded. Check the connection to this site, then try again.',
  again: 'Try again',
  files: 'Files',
  plain: 'Plain text',
  greeting: 'A bash on your own cloud. Begin with “aws kms list-keys”; “help” says what else there is.',
  stop: 'Stop',
  insert: 'Lines were put into the terminal. Read them, then press Enter to run them.',
  table: 'Table',
  tableIsBroken: 'The table is wider than the screen. “Plain text” scrolls it sideways.',
  hint: 'Tab completes. Esc, then Tab leaves the terminal.',
  plainHint: 'Enter runs the line, Shift+Enter begins another one.',
  screenLabel: 'Terminal. Tab completes; press Escape, then Tab to leave it.',
  transcript: 'What was typed and answered',
  run: 'Run',
  running: 'Running …',
  status: (status: number) => `Exit status ${status}.`,
  choices: (count: number) => `${plural(count, 'completion', 'completions')}:`,
  complete: 'Complete',
  notDurable:
    'This browser offers no lasting storage here, so the files of the terminal last as long as this page.',
  notStored:
    'The files could not be stored: the browser has no room for them. They last as long as this page.',
  stopped:
    'The command did not end and was stopped. Variables, the folder and files are as they were before it; functions are gone.',
  cut: (bytes: number) => `… ${bytes.toLocaleString('en')} more characters are not shown.`,
  exited: 'exit\nA new shell has begun; the files are still there.',
  upload: 'Put files in',
  drop: 'Drop files here to put them into the terminal’s folder.',
  tooLarge: (name: string, limit: string) => `${name} is too large: files together may have ${limit}.`,
  uploadFailed: (name: string, reason: string) => `${name} could not be put in: ${reason}`,
  uploaded: (count: number) => `${plural(count, 'file', 'files')} put in.`,
  download: 'Download',
  downloadNamed: (name: string) => `Download ${name}`,
  remove: 'Delete',
  removeNamed: (name: string) => `Delete ${name}`,
  noFiles: 'There are no files yet.',
  aboutFiles: 'In /home/you. They stay in this browser; /tmp is forgotten with the page.',
  fileColumns: { name: 'File', size: 'Bytes', acts: 'What to do with it' },
  reset: 'Delete all files',
  resetTitle: 'Delete all files of the terminal?',
  resetAbout:
    'Everything in /home/you is deleted: keys, ciphertext, whatever you have put there. It cannot be had back. The cloud and its keys stay as they are.',
  removeTitle: (name: string) => `Delete ${name}?`,
  removeAbout: 'It cannot be had back.',
  cancel: 'Cancel',
  readme: `Your folder. What you put here stays in this browser, and nowhere else.

aws kms list-keys                        every request is signed and goes to your own cloud
aws kms help                             all operations
openssl rand -out key.bin 32             the openssl commands of AWS's tutorials
download key.bin                         hands a file to your browser
help                                     what else there is
`,
  help: `A bash of its own in this page: pipes, files, variables, functions, jq, sed, awk and more.

  aws kms|sts|cloudtrail …   the AWS CLI, against your own cloud; "aws help" tells more
  openssl …                  what AWS's tutorials use of it; "openssl help" lists it
  xxd                        bytes in hexadecimal, and back
  download FILE...           hands files to your browser
  history                    the lines of before; Up, Down and Ctrl-R find them again

Profiles of aws are the principals of your cloud: aws --profile FileVault …, or export AWS_PROFILE=FileVault.
Tab completes commands, files, operations, options, keys and aliases. Ctrl-C stops a command, and after a
minute it stops by itself. Esc, then Tab leaves the terminal.

It is not a whole computer: there are no processes and jobs, no network, and no command can ask you for input.
`,
} as const;
