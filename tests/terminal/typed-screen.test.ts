import type { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { TypedScreen, type ScreenRoom } from '../../src/lib/terminal/screen/typed-screen.ts';

/** A screen whose terminal only keeps what is written to it. */
function screenOf(run: ScreenRoom['run']) {
  const written: string[] = [];
  let key: (data: string) => void = () => {};
  const terminal = {
    cols: 80,
    rows: 24,
    write: (text: string) => void written.push(text),
    onData: (listener: typeof key) => (key = listener),
    onResize: () => {},
  } as unknown as Terminal;
  const room = {
    prompt: 'Ada@us-east-1:~$ ',
    entries: [],
    history: [],
    busy: false,
    run,
    interrupt() {},
  } as unknown as ScreenRoom;
  const screen = new TypedScreen(terminal, room);
  return { screen, press: (data: string) => key(data), written };
}

test('a line is not drawn again below its answer', async () => {
  const { screen, press, written } = screenOf(async (_text, onSaid) => {
    onSaid({ stream: 'out', text: 'answer\n' });
    // The room has a new prompt, which the page lets the screen draw at once.
    queueMicrotask(() => screen.draw());
    return true;
  });
  press('typed');
  press('\r');
  await expect.poll(() => written.at(-1)).toContain('~$ ');
  const below = written.slice(written.findIndex((text) => text.includes('answer')) + 1).join('');
  expect(below).toContain('~$ ');
  expect(below).not.toContain('typed');
});

test('Ctrl-C forgets what was typed ahead', async () => {
  const lines: string[] = [];
  const { press } = screenOf(async (text) => {
    lines.push(text);
    return true;
  });
  for (const data of ['sleep', '\r', 'ahead', '\r', '\x03', 'next', '\r']) press(data);
  await expect.poll(() => lines).toEqual(['sleep', 'next']);
});
