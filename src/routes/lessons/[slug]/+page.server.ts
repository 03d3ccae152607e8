import { error } from '@sveltejs/kit';
import { catalogue, codeOf } from '$lib/lesson/catalogue.server.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => catalogue.map(({ meta }) => ({ slug: meta.slug }));

export const load: PageServerLoad = ({ params }) => {
  const entry = catalogue.find(({ meta }) => meta.slug === params.slug);
  if (!entry) error(404);
  return { ...entry, code: codeOf(entry) };
};
