let lastSecond = NaN;
let lastText = '';

/** `2026-10-01T08:05:11Z`. `time` in milliseconds since the Unix epoch. */
export function awsTime(time: number): string {
  const second = Math.floor(time / 1000);
  // Many records are of one second, and making words of a date takes longer than most that goes into a record.
  if (second !== lastSecond) {
    lastText = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
    lastSecond = second;
  }
  return lastText;
}
