import { describe, expect, test } from 'vitest';
import { distance, pathData, pointAlong, type Box, type Point } from '../../src/lib/glass/house/geometry.ts';
import { legBetween, plans, stopPoint, type Plan } from '../../src/lib/glass/house/plan.ts';
import { planStops, type Stop } from '../../src/lib/glass/house/scene.ts';
import { observedRequests } from './requests.ts';

const arrangements = [plans.wide, plans.tall];

const inside = ({ x, y }: Point, box: Box): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

const legsOf = (plan: Plan, stops: readonly Stop[]): Point[][] =>
  stops.slice(1).map((stop, index) => legBetween(plan, stops[index]!, stop));

describe.each(arrangements)('the $arrangement plan', (plan) => {
  test('stands inside its own frame', () => {
    const frame = { x: 0, y: 0, width: plan.width, height: plan.height };
    for (const { box } of [...plan.buildings, ...Object.values(plan.rooms)]) {
      expect(inside(box, frame)).toBe(true);
      expect(inside({ x: box.x + box.width, y: box.y + box.height }, frame)).toBe(true);
    }
  });

  test('has every stop of every request in the room of its step', async () => {
    for (const { trace } of Object.values(await observedRequests())) {
      for (const stop of planStops(trace)) {
        expect(inside(stopPoint(plan, stop), plan.rooms[stop.station].box), stop.station).toBe(true);
      }
    }
  });

  test('has no two stops of one request on the same spot', async () => {
    for (const { trace } of Object.values(await observedRequests())) {
      const spots = planStops(trace).map((stop) => pathData([stopPoint(plan, stop)]));
      expect(new Set(spots).size).toBe(spots.length);
    }
  });

  test('leads from stop to stop, upright and level only', async () => {
    for (const { trace } of Object.values(await observedRequests())) {
      const stops = planStops(trace);
      for (const [index, leg] of legsOf(plan, stops).entries()) {
        expect(leg[0]).toEqual(stopPoint(plan, stops[index]!));
        expect(leg.at(-1)).toEqual(stopPoint(plan, stops[index + 1]!));
        for (const [at, point] of leg.slice(1).entries()) {
          const before = leg[at]!;
          expect(Math.min(Math.abs(point.x - before.x), Math.abs(point.y - before.y))).toBeLessThan(0.01);
        }
      }
    }
  });

  test('shows a way back to an earlier room beside the way out', async () => {
    const { encrypt } = await observedRequests();
    const stops = planStops(encrypt.trace);
    const back = stops.findIndex(
      ({ station }, index) => station === 'may' && stops[index - 1]?.station === 'storage',
    );
    const [, aside] = legBetween(plan, stops[back - 1]!, stops[back]!);
    expect(distance(aside!, stopPoint(plan, stops[back - 1]!))).toBeGreaterThan(4);
  });
});

describe('a point along a line', () => {
  const corner = [
    { x: 0, y: 0 },
    { x: 30, y: 0 },
    { x: 30, y: 10 },
  ];

  test('goes by length, round corners', () => {
    expect(pointAlong(corner, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAlong(corner, 0.5)).toEqual({ x: 20, y: 0 });
    expect(pointAlong(corner, 0.875)).toEqual({ x: 30, y: 5 });
    expect(pointAlong(corner, 1)).toEqual({ x: 30, y: 10 });
  });

  test('stays on the line, and stands still where there is none', () => {
    expect(pointAlong(corner, 7)).toEqual({ x: 30, y: 10 });
    expect(pointAlong([{ x: 3, y: 4 }], 0.5)).toEqual({ x: 3, y: 4 });
    expect(
      pointAlong(
        [
          { x: 3, y: 4 },
          { x: 3, y: 4 },
        ],
        0.5,
      ),
    ).toEqual({ x: 3, y: 4 });
  });
});
