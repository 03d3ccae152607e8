import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
import { consoleHash, consolePathIn } from './place-hash.ts';

/** Pages are prerendered, where an address has no hash. */
const isPrerendering = typeof document === 'undefined';

/** Where one is in the playground. The address says it, so that back, forward, reload and bookmarks work. */
class Place {
  /** The console's page: `keys/<ARN>`; '' for its first one. Reactive. */
  get console(): string {
    return isPrerendering ? '' : consolePathIn(page.url.hash);
  }

  /** The address of a page of the console, for links. */
  hrefConsole(path: string): string {
    return resolve(`/playground/${consoleHash(path)}` as '/playground/');
  }

  /** Goes to a page of the console, which is opened where it is not. */
  goConsole(path: string): void {
    void goto(resolve(`/playground/${consoleHash(path)}` as '/playground/'), {
      keepFocus: true,
      noScroll: true,
    });
  }
}

export const place = new Place();
