import { expose } from 'comlink';
import { Machine } from '../lib/terminal/shell/machine.ts';

expose(new Machine());
