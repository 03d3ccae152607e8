import { getContext, setContext } from 'svelte';
import { replaceState } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
import { formatLink, parseLink, type GlassLink } from './link.ts';
import { pathOf, type Picture } from './pictures.ts';

const contextKey = Symbol('glass');

/** How long the address may lag behind, in milliseconds: browsers allow few changes of it a second. */
const addressLag = 300;

/** A change of what is looked at. `undefined` takes a part of the link away. */
export type LinkChange = { [Part in keyof GlassLink]: GlassLink[Part] | undefined };

/** What all pictures of the glass share: which request, key, bytes and time are looked at. The address says the same. */
export class GlassState {
  #link = $state.raw<GlassLink>({});
  #picture = $state.raw<Picture>('house');
  #presenting = $state(false);
  #writing: ReturnType<typeof setTimeout> | undefined;

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

  /** For a class room's projector (`?present`): large type, and nothing around the picture. */
  get presenting(): boolean {
    return this.#presenting;
  }

  /** Takes over what the address says. */
  arrive(picture: Picture, { search, hash }: { search: string; hash: string }): void {
    clearTimeout(this.#writing);
    this.#picture = picture;
    this.#link = parseLink(hash);
    this.#presenting = new URLSearchParams(search).has('present');
  }

  /** Looks at something else in the same picture. */
  look(change: LinkChange): void {
    this.#link = merged(this.#link, change);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.#writeAddress(), addressLag);
  }

  present(presenting: boolean): void {
    this.#presenting = presenting;
    clearTimeout(this.#writing);
    this.#writeAddress();
  }

  /** The address of a picture that looks at the same things, but for `change`. */
  href(picture: Picture, change: LinkChange = {}): string {
    return this.#address(picture, merged(this.#link, change));
  }

  #writeAddress(): void {
    replaceState(this.#address(this.#picture, this.#link), page.state);
  }

  #address(picture: Picture, link: GlassLink): string {
    const search = this.#presenting ? '?present' : '';
    return resolve(`${pathOf(picture)}${search}${formatLink(link)}` as '/glass/');
  }
}

function merged(link: GlassLink, change: LinkChange): GlassLink {
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
