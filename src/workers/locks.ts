/**
 * Takes a Web Lock and keeps it until this worker or page is gone.
 * Resolves when it is held, which may be long after: when the present holder is gone.
 */
export function holdLock(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, () => {
      resolve();
      return new Promise<never>(() => {});
    });
    held.catch(reject);
  });
}

/** Resolves when whoever holds the lock now is gone, in whatever way. */
export async function whenReleased(name: string): Promise<void> {
  await navigator.locks.request(name, () => {});
}
