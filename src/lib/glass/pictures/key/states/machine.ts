import type { Transition } from '$engine/look/look.ts';
import type { KeyState } from '$engine/kms/key-states.ts';

/** The state machine of a KMS key, to be drawn (KMS Developer Guide, "Key states of AWS KMS keys"). */

export type MachineState = KeyState | 'deleted';

export interface StateNode {
  state: MachineState;
  x: number;
  y: number;
  width: number;
  height: number;
  /** The name in lines that fit. */
  lines: string[];
}

export interface StateEdge {
  from: MachineState;
  to: MachineState;
  /** From border to border. */
  line: { x1: number; y1: number; x2: number; y2: number };
  /** What of the key's transitions it stands for: index into them; absent where the key cannot go this way now. */
  transition?: number;
  /** Where its number stands. */
  badge: { x: number; y: number };
}

export interface MachineScene {
  width: number;
  height: number;
  nodes: StateNode[];
  edges: StateEdge[];
}

/** Column and row of each state. `deleted` stands beside PendingDeletion where there is room, otherwise below. */
const places: Record<Exclude<MachineState, 'deleted'>, readonly [column: number, row: number]> = {
  Creating: [0, 0],
  Updating: [1, 0],
  Unavailable: [2, 0],
  PendingImport: [0, 1],
  Enabled: [1, 1],
  Disabled: [2, 1],
  PendingReplicaDeletion: [1, 2],
  PendingDeletion: [2, 2],
};

/** Every way there is, whatever the kind of key. */
const ways: readonly (readonly [MachineState, MachineState])[] = [
  ['Creating', 'Enabled'],
  ['Creating', 'PendingImport'],
  ['PendingImport', 'Enabled'],
  ['Enabled', 'PendingImport'],
  ['Enabled', 'Disabled'],
  ['Disabled', 'Enabled'],
  ['Enabled', 'Updating'],
  ['Updating', 'Enabled'],
  ['Enabled', 'Unavailable'],
  ['Unavailable', 'Enabled'],
  ['Disabled', 'Unavailable'],
  ['Unavailable', 'Disabled'],
  ['Enabled', 'PendingDeletion'],
  ['Disabled', 'PendingDeletion'],
  ['PendingDeletion', 'Disabled'],
  ['Enabled', 'PendingReplicaDeletion'],
  ['PendingReplicaDeletion', 'PendingDeletion'],
  ['PendingDeletion', 'deleted'],
];

const sizes = {
  wide: { column: 196, row: 92, width: 144, height: 44, deleted: [3, 2] },
  narrow: { column: 114, row: 84, width: 92, height: 44, deleted: [2, 3] },
} as const;

/** How far apart the two directions between the same states run. */
const lane = 7;

/** The drawing for a key in `state` with these transitions. `narrow`: for a telephone. */
export function machineScene(
  state: MachineState,
  transitions: readonly Transition[],
  shape: 'wide' | 'narrow',
): MachineScene {
  const nodes = new Map(
    ([...Object.keys(places), 'deleted'] as MachineState[]).map((name) => [name, nodeOf(name, shape)]),
  );
  const possible = transitions.map(({ to, refused }) => (refused === undefined ? to : undefined));
  const drawn = [...ways];
  for (const to of possible) {
    const isNew = to !== undefined && to !== state && !drawn.some(([a, b]) => a === state && b === to);
    if (isNew) drawn.push([state, to]);
  }
  const edges = drawn.map(([from, to]): StateEdge => {
    const isTwoWay = drawn.some(([a, b]) => a === to && b === from);
    const line = between(nodes.get(from)!, nodes.get(to)!, isTwoWay ? lane : 0);
    const transition = from === state ? possible.indexOf(to) : -1;
    return {
      from,
      to,
      line,
      badge: { x: line.x1 + (line.x2 - line.x1) / 2, y: line.y1 + (line.y2 - line.y1) / 2 },
      ...(transition >= 0 && { transition }),
    };
  });
  const all = [...nodes.values()];
  return {
    width: Math.max(...all.map(({ x, width }) => x + width)) + 2,
    height: Math.max(...all.map(({ y, height }) => y + height)) + 2,
    nodes: all,
    edges,
  };
}

function nodeOf(state: MachineState, shape: 'wide' | 'narrow'): StateNode {
  const { column, row, width, height, deleted } = sizes[shape];
  const [atColumn, atRow] = state === 'deleted' ? deleted : places[state];
  return { state, x: 2 + atColumn * column, y: 2 + atRow * row, width, height, lines: inLines(state) };
}

/** `PendingReplicaDeletion` is too long for one line. */
function inLines(state: string): string[] {
  const words = state.match(/[A-Z]?[a-z]+/g) ?? [state];
  if (state.length <= 11) return [state];
  return [words.slice(0, -1).join(''), words.at(-1)!];
}

/** The line from border to border of two boxes, moved to its right-hand side by `aside`. */
function between(from: StateNode, to: StateNode, aside: number): StateEdge['line'] {
  const start = centre(from);
  const end = centre(to);
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const length = Math.hypot(dx, dy);
  const shift = { x: (-dy / length) * aside, y: (dx / length) * aside };
  const leave = reach(from, dx, dy);
  const arrive = reach(to, dx, dy);
  return {
    x1: start.x + dx * leave + shift.x,
    y1: start.y + dy * leave + shift.y,
    x2: end.x - dx * arrive + shift.x,
    y2: end.y - dy * arrive + shift.y,
  };
}

const centre = ({ x, y, width, height }: StateNode) => ({ x: x + width / 2, y: y + height / 2 });

/** Which part of the way (dx, dy) lies inside the box, from its centre; with a little room for the arrow. */
function reach({ width, height }: StateNode, dx: number, dy: number): number {
  const room = 4;
  return Math.min(
    dx === 0 ? Infinity : (width / 2 + room) / Math.abs(dx),
    dy === 0 ? Infinity : (height / 2 + room) / Math.abs(dy),
  );
}
