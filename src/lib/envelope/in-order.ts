/**
 * Runs `work` for 0 … count − 1, up to `depth` at a time, and hands the results to `deliver` one by one in
 * order. Rejects with the first failure in order, or with the signal's reason; then nothing more is
 * delivered.
 */
export async function inOrder<Result>(
  count: number,
  depth: number,
  work: (index: number) => Promise<Result>,
  deliver: (result: Result, index: number) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const underWay: Promise<Result>[] = [];
  let started = 0;
  for (let index = 0; index < count; index++) {
    while (started < count && underWay.length < depth) {
      const result = work(started++);
      // Whoever stops at an earlier failure never awaits this one; it must not count as unhandled.
      result.catch(() => undefined);
      underWay.push(result);
    }
    signal?.throwIfAborted();
    const result = await underWay.shift()!;
    signal?.throwIfAborted();
    await deliver(result, index);
  }
}
