/** A backup cannot be written or read; nothing has changed. The message is meant for the learner. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
