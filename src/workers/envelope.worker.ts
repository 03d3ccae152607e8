import { expose } from 'comlink';
import { EnvelopeMachine } from '../lib/envelope/machine.ts';
import { openOutputStore } from '../lib/envelope/output.ts';

expose(new EnvelopeMachine(openOutputStore));
