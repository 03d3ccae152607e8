import { drawPicture } from './draw.ts';
import { encodePng } from './png.ts';

const width = 1920;
const height = 1200;

/** The supplied picture as a file of about 5 MB. Takes a second or so: call it in a worker. */
export async function samplePicture(): Promise<File> {
  const png = await encodePng(drawPicture(width, height), width, height);
  return new File([png], 'prism.png', { type: 'image/png' });
}
