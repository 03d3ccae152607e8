import { wipe } from '../bytes.ts';
import type { Attempt } from '../hsm.ts';
import { print, run, type Expression } from './expression.ts';

/** A way to get at a key, and why it comes out as it does. */
export interface Idea {
  name: string;
  expression: Expression;
  why: string;
}

/** Tries it. What comes out is overwritten, and only told of. */
export async function attempt({ name, expression, why }: Idea): Promise<Attempt> {
  const about = { name, code: print(expression), why };
  try {
    const { harm, got } = describe(await run(expression));
    return { ...about, outcome: harm ? 'got-through' : 'refused', got };
  } catch (error) {
    return { ...about, outcome: 'refused', error: errorOf(error) };
  }
}

function describe(result: unknown): { harm: boolean; got: string } {
  if (result instanceof ArrayBuffer) {
    const { byteLength } = result;
    wipe(new Uint8Array(result));
    return { harm: true, got: `${byteLength} bytes. They were overwritten at once.` };
  }
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  if (text === '{}' || text === '[]') return { harm: false, got: `${text}: nothing.` };
  return { harm: true, got: `Something of the kind ${typeof result}. It was dropped at once.` };
}

/** Platforms leave the message empty where it might tell an attacker something. */
function errorOf(error: unknown): { name: string; message: string } {
  return error instanceof Error || error instanceof DOMException
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}
