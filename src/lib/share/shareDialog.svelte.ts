/** The one dialog in which somebody chooses what to share; until it is wanted, its code is not fetched. */
class ShareDialogState {
  #asked = $state(false);
  open = $state(false);

  get asked(): boolean {
    return this.#asked;
  }

  ask(): void {
    this.#asked = true;
    this.open = true;
  }
}

export const shareDialog = new ShareDialogState();
