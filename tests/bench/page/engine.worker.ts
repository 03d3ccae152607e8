/** The engine and the bare WebCrypto calls side by side in one worker, as in Node. */
import { compareEngine } from '../engine.ts';

onmessage = async () => postMessage(await compareEngine('Chromium'));
