/** A number from 0 to below 1 that depends on nothing but its three whole arguments. */
export function hash(x: number, y: number, seed: number): number {
  let value = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed + 1, 0x9e3779b1);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0) / 4294967296;
}

/** Smooth noise of one variable, 0 to 1: five octaves of interpolated random values. */
export function fractalNoise(x: number, seed: number): number {
  let sum = 0;
  let weight = 0.5;
  for (let octave = 0; octave < 5; octave++) {
    const scaled = x * 2 ** octave;
    const whole = Math.floor(scaled);
    const part = scaled - whole;
    const smooth = part * part * (3 - 2 * part);
    sum += weight * (hash(whole, octave, seed) * (1 - smooth) + hash(whole + 1, octave, seed) * smooth);
    weight /= 2;
  }
  return sum / 0.96875;
}
