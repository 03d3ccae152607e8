/** `2026-10-01T08:05:11Z`. `time` in milliseconds since the Unix epoch. */
export function awsTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
