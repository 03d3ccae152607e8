import { wrap } from 'comlink';
import type { samplePicture } from './sample-picture.ts';

/** Draws the supplied picture in a worker of its own, and ends it. */
export async function drawSamplePicture(): Promise<File> {
  const worker = new Worker(new URL('../../../workers/picture.worker.ts', import.meta.url), {
    type: 'module',
    name: 'picture',
  });
  try {
    return await wrap<typeof samplePicture>(worker)();
  } finally {
    worker.terminate();
  }
}
