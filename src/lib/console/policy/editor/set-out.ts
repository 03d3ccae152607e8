/** A policy's text over several lines; what is no JSON stays as it is. */
export function setOut(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy), null, 2);
  } catch {
    return policy;
  }
}
