import { getContext, setContext } from 'svelte';
import { replaceState } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
import { formatLink, parseLink, type GlassLink } from './link.ts';
import { pathOf, type Picture } from './pictures.ts';

const contextKey = Symbol('glass');

/** What all pictures of the glass share: which request, key, bytes and time are looked at. The address says the same. */
export class GlassState {
  #link = $state.raw<GlassLink>({});
  #picture = $state.raw<Picture>('house');

  get link(): GlassLink {
    return this.#link;
  }

  get picture(): Picture {
    return this.#picture;
  }

  /** Sequence number of the commit as of which to see the cloud; absent for now. */
  get at(): number | undefined {
    return this.#link.at;
  }

  /** Takes over what the address says. */
  arrive(picture: Picture, hash: string): void {
    this.#picture = picture;
    this.#link = parseLink(hash);
  }

  /** Looks at something else in the same picture. `undefined` takes a part of the link away. */
  look(change: { [Part in keyof GlassLink]: GlassLink[Part] | undefined }): void {
    this.#link = merged(this.#link, change);
    replaceState(resolve(`${pathOf(this.#picture)}${formatLink(this.#link)}` as '/glass/'), page.state);
  }

  /** The address of another picture that looks at the same things, but for `change`. */
  href(picture: Picture, change: { [Part in keyof GlassLink]: GlassLink[Part] | undefined } = {}): string {
    return resolve(`${pathOf(picture)}${formatLink(merged(this.#link, change))}` as '/glass/');
  }
}

function merged(
  link: GlassLink,
  change: { [Part in keyof GlassLink]: GlassLink[Part] | undefined },
): GlassLink {
  const entries = Object.entries({ ...link, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

/** For the layout of the glass alone. */
export function provideGlass(): GlassState {
  return setContext(contextKey, new GlassState());
}

/** The state that the pictures share; only inside the glass's layout. */
export function useGlass(): GlassState {
  return getContext<GlassState>(contextKey);
}
