import { stations, type Layer, type Station } from '$engine/trace/trace.ts';
import { between, withoutRepeats, type Box, type Point } from './geometry.ts';
import type { Bearing, Stop } from './scene.ts';

/**
 * Two plans of the same house: one lies (wide screens), one stands (narrow ones). In both, requests go
 * along one lane to the HSM, turn there, and come back along another. The numbers are the drawing's units.
 */
export interface Plan {
  arrangement: 'wide' | 'tall';
  width: number;
  height: number;
  buildings: { layer: Layer; box: Box; label: Point }[];
  rooms: Record<Station, Room>;
  /** Openings in walls, centred on a lane. */
  doors: Point[];
  /** Marks of direction in the gaps between buildings. */
  arrows: (Point & { bearing: Bearing })[];
  /** The whole loop: out, turn, back. */
  loop: Point[];
  /** Where the storage layer's zones stand, as shelves one above the other. */
  shelves: Box;
  /** Where the number of KMS keys stands. */
  keys: Point & { anchor: 'start' | 'end' };
  /** Where the module writes its state. */
  plate: Point;
  /** Where the client's name stands. */
  client: Point;
}

export interface Room {
  station: Station;
  layer: Layer;
  box: Box;
  name: Point;
  /** Where the value that the request carries is written. */
  flag: Point;
  /** The stretches of the lanes on which this room's stops stand. */
  stretch: Partial<Record<Bearing, [Point, Point]>>;
  /** The middle of the wall that closes when this room refuses. */
  wall: Point;
}

/** Where a stop stands: those that share a stretch divide it evenly. */
export function stopPoint(plan: Plan, { station, bearing, slot, slots }: Stop): Point {
  const { stretch } = plan.rooms[station];
  const [start, end] = (stretch[bearing] ?? stretch.out ?? stretch.back)!;
  return between(start, end, (slot + 1) / (slots + 1));
}

/** The way from one stop to the next: across to the right lane, along it, and to the stop. */
export function legBetween(plan: Plan, from: Stop, to: Stop): Point[] {
  const start = stopPoint(plan, from);
  const end = stopPoint(plan, to);
  if (from.station === to.station && from.bearing === to.bearing) return [start, end];
  const turnsBack =
    to.bearing === 'out' && from.bearing === 'out' && progress(plan, end) < progress(plan, start);
  const onLane = laneOf(plan, to.bearing, turnsBack ? aside : 0);
  return withoutRepeats([start, onLane(start), onLane(end), end]);
}

/** A request that goes back to a room for more keeps beside the outward lane, so that both ways show. */
const aside = 8;

/** How far towards the HSM a point is. */
const progress = ({ arrangement }: Plan, { x, y }: Point) => (arrangement === 'wide' ? x : y);

/** Puts a point onto a lane, or `offset` beside it, straight across. */
function laneOf({ arrangement, loop }: Plan, bearing: Bearing, offset: number): (point: Point) => Point {
  const lane = bearing === 'out' ? loop[0]! : loop.at(-1)!;
  return arrangement === 'wide' ? ({ x }) => at(x, lane.y + offset) : ({ y }) => at(lane.x + offset, y);
}

const room = (
  station: Station,
  box: Box,
  name: Point,
  flag: Point,
  stretch: Room['stretch'],
  wall: Point,
): Room => ({ station, layer: stations[station], box, name, flag, stretch, wall });

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const at = (x: number, y: number): Point => ({ x, y });

/** 1040 × 356 units: from left to right. */
function widePlan(): Plan {
  const out = 146;
  const back = 296;
  const turn = 990;
  const top = 40;
  const height = 300;
  const lane = (y: number, from: number, to: number): [Point, Point] => [at(from, y), at(to, y)];
  const upper = (station: Station, x: number, width: number) =>
    room(
      station,
      box(x, top, width, 176),
      at(x + 14, top + 24),
      at(x + 14, out - 26),
      { out: lane(out, x, x + width) },
      at(x + width, out),
    );
  return {
    arrangement: 'wide',
    width: 1040,
    height: 356,
    buildings: [
      { layer: 'clients', box: box(1, top, 138, height), label: at(1, 24) },
      { layer: 'management', box: box(180, top, 414, height), label: at(180, 24) },
      { layer: 'storage', box: box(634, top, 164, height), label: at(634, 24) },
      { layer: 'hsm', box: box(838, top, 201, height), label: at(838, 24) },
    ],
    rooms: {
      client: room(
        'client',
        box(1, top, 138, height),
        at(15, top + 24),
        at(15, back + 30),
        { out: lane(out, 20, 118), back: lane(back, 20, 118) },
        at(139, out),
      ),
      'front-door': upper('front-door', 180, 138),
      who: upper('who', 318, 138),
      may: upper('may', 456, 138),
      audit: room(
        'audit',
        box(456, top + 176, 138, height - 176),
        at(470, top + 176 + 24),
        at(470, back + 30),
        { back: lane(back, 456, 594) },
        at(456, back),
      ),
      storage: room(
        'storage',
        box(634, top, 164, height),
        at(648, top + 24),
        at(648, out - 26),
        { out: lane(out, 634, 798), back: lane(back, 634, 798) },
        at(798, out),
      ),
      hsm: room(
        'hsm',
        box(838, top, 201, height),
        at(862, top + 34),
        at(862, out - 26),
        { out: [at(turn, out), at(turn, back)] },
        at(turn, out + 0.92 * (back - out)),
      ),
    },
    doors: [
      ...[139, 180, 318, 456, 594, 634, 798, 838].map((x) => at(x, out)),
      ...[139, 180, 456, 594, 634, 798, 838].map((x) => at(x, back)),
    ],
    arrows: [159, 614, 818].flatMap((x) => [
      { x, y: out, bearing: 'out' },
      { x, y: back, bearing: 'back' },
    ]),
    loop: [at(69, out), at(turn, out), at(turn, back), at(69, back)],
    shelves: box(648, out + 27, 136, 96),
    keys: { x: 648, y: back + 30, anchor: 'start' },
    plate: at(862, out + 44),
    client: at(15, 216),
  };
}

/** 360 × 656 units: from the street down to the vault. */
function tallPlan(): Plan {
  const out = 48;
  const back = 312;
  const left = 16;
  const width = 328;
  const turn = 622;
  const lane = (x: number, from: number, to: number): [Point, Point] => [at(x, from), at(x, to)];
  const storey = (station: Station, y: number, height: number) =>
    room(
      station,
      box(left, y, 184, height),
      at(72, y + 26),
      at(72, y + 46),
      { out: lane(out, y, y + height) },
      at(out, y + height),
    );
  return {
    arrangement: 'tall',
    width: 360,
    height: 656,
    buildings: [
      { layer: 'clients', box: box(left, 24, width, 62), label: at(72, 14) },
      { layer: 'management', box: box(left, 118, width, 204), label: at(72, 108) },
      { layer: 'storage', box: box(left, 354, width, 122), label: at(72, 344) },
      { layer: 'hsm', box: box(left, 508, width, 142), label: at(72, 498) },
    ],
    rooms: {
      client: room(
        'client',
        box(left, 24, width, 62),
        at(72, 50),
        at(160, 70),
        { out: lane(out, 30, 80), back: lane(back, 30, 80) },
        at(out, 86),
      ),
      'front-door': storey('front-door', 118, 68),
      who: storey('who', 186, 68),
      may: storey('may', 254, 68),
      audit: room(
        'audit',
        box(200, 254, 144, 68),
        at(208, 274),
        at(208, 310),
        { back: lane(back, 254, 322) },
        at(back, 254),
      ),
      storage: room(
        'storage',
        box(left, 354, width, 122),
        at(72, 378),
        at(72, 396),
        { out: lane(out, 354, 476), back: lane(back, 354, 476) },
        at(out, 476),
      ),
      hsm: room(
        'hsm',
        box(left, 508, width, 142),
        at(72, 540),
        at(72, 558),
        { out: [at(out, turn), at(back, turn)] },
        at(out + 0.92 * (back - out), turn),
      ),
    },
    doors: [
      ...[86, 118, 186, 254, 322, 354, 476, 508].map((y) => at(out, y)),
      ...[86, 118, 254, 322, 354, 476, 508].map((y) => at(back, y)),
    ],
    arrows: [102, 338, 492].flatMap((y) => [
      { x: out, y, bearing: 'out' },
      { x: back, y, bearing: 'back' },
    ]),
    loop: [at(out, 55), at(out, turn), at(back, turn), at(back, 55)],
    shelves: box(72, 404, 216, 64),
    keys: { x: 288, y: 378, anchor: 'end' },
    plate: at(72, 578),
    client: at(72, 70),
  };
}

export const plans = { wide: widePlan(), tall: tallPlan() };
