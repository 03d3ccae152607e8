import { catalogue } from '$lib/lesson/catalogue.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ lessons: catalogue.map(({ meta }) => meta) });
