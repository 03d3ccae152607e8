import { expose, wrap } from 'comlink';
import type { Hsm } from './hsm.ts';

/**
 * The module behind a message port, so that it can stand in a worker of its own. Everything that crosses is
 * plain data, cloned: a copy of at most some KiB, which costs less than the transfer of its buffer would.
 */

/** Lets the other end of `port` use the module. */
export function serveHsm(hsm: Hsm, port: MessagePort): void {
  expose(hsm, port);
}

/** The module at the other end of `port`. */
export function connectHsm(port: MessagePort): Hsm {
  return wrap<Hsm>(port);
}
