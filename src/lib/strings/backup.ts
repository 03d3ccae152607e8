/** Words of backups: the whole cloud as one file under a passphrase. */
export const backupText = {
  write: {
    title: 'Save a backup of this cloud',
    about:
      'One file with everything: keys, policies, grants, principals with their access keys, and the audit trail. The modules wrap their domain keys for it, so no script sees one. Left out are the time machine’s journal and the traces.',
    warning:
      'Whoever has the file and the passphrase has every key of this cloud. Without the passphrase nobody can open it, you included.',
    do: 'Save the file',
    busy: 'Saving …',
    done: (name: string) => `Saved as ${name}.`,
    failed: 'It was not saved:',
  },
  restore: {
    title: 'Restore a cloud from a backup',
    about: 'Choose a file that was saved here, and give its passphrase. You will see what is in it first.',
    file: 'Backup file',
    inspect: 'Look into it',
    inspecting: 'Opening …',
    holds: 'The backup holds:',
    loses:
      'Restoring puts it in the place of this cloud, which is lost with everything that was encrypted under its keys, unless you save a backup of it first.',
    do: 'Replace this cloud',
    busy: 'Restoring …',
    failed: 'It was not restored:',
    noFile: 'Choose a file first.',
    tooLarge: 'The file is too large to be a backup.',
  },
  written: 'Saved',
  founded: 'Founded, by its own clock',
  keys: 'KMS keys',
  auditRecords: 'Audit records',
  principals: 'Principals',
  seed: 'Seed',
  passphrase: 'Passphrase',
  passphraseHint: 'At least 12 characters. Several words that do not belong together are good ones.',
  again: 'The passphrase again',
  different: 'The two are not the same.',
  tooShort: 'At least 12 characters.',
  close: 'Close',
  cancel: 'Cancel',
};
