export type BackupKind = 'write' | 'restore';

/** The one dialog that writes a backup of the cloud, or restores one. */
class BackupDialog {
  #kind = $state<BackupKind>('write');
  #asked = $state(false);
  open = $state(false);

  get kind(): BackupKind {
    return this.#kind;
  }

  /** Whether anybody has wanted the dialog on this page; until then its code is not fetched. */
  get asked(): boolean {
    return this.#asked;
  }

  ask(kind: BackupKind): void {
    this.#kind = kind;
    this.#asked = true;
    this.open = true;
  }
}

export const backupDialog = new BackupDialog();
