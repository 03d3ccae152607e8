/**
 * A drawing to encrypt: light falls through a glass prism and comes out in the five colours of the house's
 * layers, over an engraved landscape. Every pixel is computed, from one seed, so the picture is the same
 * everywhere and takes no room in the repository.
 */
import { fractalNoise, hash } from './noise.ts';

type Colour = readonly [red: number, green: number, blue: number];

const paper: Colour = [250, 245, 234];
const haze: Colour = [238, 226, 203];
const ink: Colour = [28, 32, 44];
const light: Colour = [255, 253, 246];
/** Clients, management, storage, HSM, audit. */
const layers: readonly Colour[] = [
  [29, 67, 128],
  [138, 69, 176],
  [44, 118, 108],
  [196, 62, 28],
  [214, 158, 40],
];

/** In units of the picture's height; x to the right, y down. */
const prism = { top: [0.62, 0.13], left: [0.38, 0.57], right: [0.86, 0.57] } as const;
const entry = [0.498, 0.354] as const;
const exit = [0.742, 0.353] as const;
const beamSlope = -0.2;
const beamWidth = 0.011;

/** RGB, three bytes a pixel, row by row. */
export function drawPicture(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  const unit = 1 / height;
  const ridges = ridgeLines(width, unit);
  for (let py = 0; py < height; py++) {
    for (let px = 0; px < width; px++) {
      const x = px * unit;
      const y = py * unit;
      let colour = sky(y, width * unit, x);
      colour = beams(colour, x, y);
      colour = glass(colour, x, y, unit);
      colour = landscape(colour, px, y, ridges, unit);
      develop(colour, px, py, x / (width * unit), y, pixels, (py * width + px) * 3);
    }
  }
  return pixels;
}

function sky(y: number, width: number, x: number): Colour {
  const ground = mix(paper, haze, Math.min(1, y * 1.3));
  // A faint sheet of squared paper lies behind everything.
  const square = 0.0625;
  const line = Math.min(distanceToGrid(x, square), distanceToGrid(y, square));
  const fade = 0.1 * Math.max(0, 1 - Math.abs(x / width - 0.5) * 0.8);
  return mix(ground, ink, fade * stroke(line, 0.0006));
}

/** The white beam coming in from the left, its way through the glass, and the five that leave it. */
function beams(below: Colour, x: number, y: number): Colour {
  let colour = below;
  if (sideOf(prism.left, prism.top, x, y) < 0 && x < prism.top[0]) {
    const across = Math.abs(y - (entry[1] + (entry[0] - x) * -beamSlope));
    colour = mix(colour, light, 0.95 * soft(across, beamWidth));
    colour = mix(colour, ink, 0.55 * stroke(Math.abs(across - beamWidth), 0.0008));
    return colour;
  }
  for (let index = 0; index < layers.length; index++) {
    const offset = index - 2;
    if (sideOf(prism.top, prism.right, x, y) > 0) {
      const along = Math.max(0, (x - entry[0]) / (exit[0] - entry[0]));
      const across = Math.abs(y - (entry[1] + (exit[1] - entry[1]) * along + offset * 0.0042 * along));
      colour = mix(colour, layers[index]!, 0.4 * along * soft(across, 0.0042));
    } else {
      const along = Math.max(0, x - exit[0]);
      const across = Math.abs(y - (exit[1] + offset * 0.0042 + along * (0.2 + offset * 0.075)));
      const width = 0.0042 + along * 0.031;
      const strength = 0.86 / (1 + along * 0.55);
      colour = mix(colour, layers[index]!, strength * soft(across, width));
    }
  }
  return colour;
}

/** The prism: a clear triangle with drawn edges and a second edge inside, as thick glass has. */
function glass(below: Colour, x: number, y: number, unit: number): Colour {
  const depth = Math.min(
    sideOf(prism.left, prism.top, x, y),
    sideOf(prism.top, prism.right, x, y),
    sideOf(prism.right, prism.left, x, y),
  );
  if (depth < -3 * unit) return below;
  let colour = below;
  if (depth > 0) {
    const sheen = 0.16 + 0.2 * Math.max(0, 1 - Math.abs(x - 0.52 - (y - 0.13) * 0.25) * 9);
    colour = mix(colour, light, sheen);
    colour = mix(colour, layers[0]!, 0.07 + 0.13 * Math.max(0, 1 - depth / 0.05));
    colour = mix(colour, ink, 0.35 * stroke(Math.abs(depth - 0.018), 0.0007));
  }
  return mix(colour, ink, stroke(Math.abs(depth), 0.0016));
}

/** Ridges from far to near, each in a layer's colour seen through more or less air, engraved with lines. */
function landscape(
  below: Colour,
  px: number,
  y: number,
  ridges: readonly Float32Array[],
  unit: number,
): Colour {
  let colour = below;
  for (let index = 0; index < ridges.length; index++) {
    const depth = y - ridges[index]![px]!;
    if (depth < -2 * unit) continue;
    const near = index / (ridges.length - 1);
    const covered = Math.min(1, Math.max(0, depth / unit + 0.5));
    const tint = mix(haze, layers[[0, 2, 0, 2, 0][index]!]!, 0.16 + 0.5 * near);
    const body = mix(tint, ink, 0.08 + 0.5 * near * near);
    // The lines lie closer where the slope begins, as an engraver sets them.
    const spacing = 0.006 + 0.004 * near;
    const line = distanceToGrid(Math.sqrt(Math.max(0, depth) * 0.12), spacing);
    const engraved = mix(body, light, 0.3 * (1 - near * 0.6) * stroke(line, 0.0007));
    colour = mix(colour, engraved, covered);
    colour = mix(colour, ink, (0.35 + 0.5 * near) * stroke(Math.abs(depth), 0.0011));
  }
  return colour;
}

/** For each ridge and column, the height of its line. */
function ridgeLines(width: number, unit: number): Float32Array[] {
  return [0.62, 0.685, 0.755, 0.835, 0.915].map((base, index) =>
    Float32Array.from({ length: width }, (_, px) => {
      const x = px * unit;
      const roughness = 0.17 - index * 0.022;
      return base + roughness * (fractalNoise(x * (1.5 + index * 0.55) + index * 37.7, index) - 0.5);
    }),
  );
}

/** Vignette and film grain; writes the pixel. */
function develop(
  [red, green, blue]: Colour,
  px: number,
  py: number,
  x: number,
  y: number,
  pixels: Uint8Array,
  at: number,
): void {
  const shade = 1 - 0.22 * ((x - 0.5) ** 2 + (y - 0.5) ** 2);
  const grain = (hash(px, py, 1) + hash(px, py, 2) - 1) * 17;
  pixels[at] = clamp(red * shade + grain + (hash(px, py, 3) - 0.5) * 9);
  pixels[at + 1] = clamp(green * shade + grain + (hash(px, py, 4) - 0.5) * 9);
  pixels[at + 2] = clamp(blue * shade + grain + (hash(px, py, 5) - 0.5) * 9);
}

/** Distance inwards from the line through two corners of the prism, taken clockwise. */
function sideOf(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  x: number,
  y: number,
): number {
  return ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / Math.hypot(x2 - x1, y2 - y1);
}

function distanceToGrid(value: number, spacing: number): number {
  const rest = value % spacing;
  return Math.min(rest, spacing - rest);
}

/** 1 on a line of this half width, falling to 0 just outside of it. */
function stroke(distance: number, halfWidth: number): number {
  return Math.min(1, Math.max(0, (halfWidth + 0.0007 - distance) / 0.0009));
}

/** 1 in the middle of a band, fading out towards its border. */
function soft(distance: number, halfWidth: number): number {
  const inner = 1 - distance / halfWidth;
  return inner <= 0 ? 0 : Math.min(1, inner * 2.2);
}

function mix(one: Colour, other: Colour, share: number): Colour {
  if (share <= 0) return one;
  const rest = 1 - share;
  return [
    one[0] * rest + other[0] * share,
    one[1] * rest + other[1] * share,
    one[2] * rest + other[2] * share,
  ];
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
