import { expose } from 'comlink';
import { samplePicture } from '../lib/lesson/picture/sample-picture.ts';

expose(samplePicture);
