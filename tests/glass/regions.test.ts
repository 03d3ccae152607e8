import { beforeEach, describe, expect, test } from 'vitest';
import type { KeyLine } from '../../src/engine/look/look.ts';
import type { Observation } from '../../src/engine/observation.ts';
import { carriers, destinations } from '../../src/lib/glass/pictures/regions/carry/carrying.ts';
import { copyingIn } from '../../src/lib/glass/pictures/regions/copy/replication.ts';
import { atlasOf } from '../../src/lib/glass/pictures/regions/map/atlas.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

describe('the Regions of a cloud', () => {
  let lines: KeyLine[];
  let seen: Observation[];

  beforeEach(async () => {
    seen = [];
    const cloud = await openTestCloud();
    cloud.observe((observation) => void seen.push(observation));
    const client = kms(cloud);
    await client.createKey({});
    const { KeyMetadata } = await client.createKey({ MultiRegion: true });
    await client.replicateKey({ KeyId: KeyMetadata?.KeyId, ReplicaRegion: 'eu-west-1' });
    lines = await cloud.look({ name: 'keys', query: {} });
  });

  test('have their own keys, and families across', () => {
    const { regions, families } = atlasOf(lines, ['ap-southeast-2']);
    expect(regions.map(({ region, stay, members }) => [region, stay.length, members])).toEqual([
      ['ap-southeast-2', 0, 0],
      ['eu-west-1', 0, 1],
      ['us-east-1', 1, 1],
    ]);
    expect(families).toHaveLength(1);
    expect(families[0]).toMatchObject({ from: 1, to: 2, primary: { region: 'us-east-1' } });
    expect(families[0]?.members.map((member) => member?.multiRegion?.type)).toEqual([
      undefined,
      'REPLICA',
      'PRIMARY',
    ]);
  });

  test('copy a key by what the trace says, and send nothing that is secret', () => {
    const trace = seen.findLast(({ trace }) => trace.operation === 'ReplicateKey')?.trace;
    const copying = trace && copyingIn(trace);
    expect(copying).toMatchObject({ source: 'us-east-1', target: 'eu-west-1' });
    expect(copying?.moves.map(({ by, sends }) => [by, sends])).toEqual([
      ['target', ['Agreement public key', 'Signature']],
      ['source', []],
      ['both', []],
      ['source', ['IV', 'Wrapped backing key', 'Signature']],
      ['target', []],
      ['target', []],
    ]);
    const other = seen.find(({ trace }) => trace.operation === 'CreateKey')?.trace;
    expect(other && copyingIn(other)).toBeUndefined();
  });

  test('offer ciphertext to be carried: first where it will open', () => {
    const [first, second] = carriers(lines);
    expect(first?.multiRegion).toBeDefined();
    const primary = lines.find(({ multiRegion }) => multiRegion?.type === 'PRIMARY')!;
    expect(destinations(primary, ['us-east-1', 'us-west-2'])).toEqual(['eu-west-1', 'us-west-2']);
    expect(second?.multiRegion ?? first?.multiRegion).toBeDefined();
    const single = lines.find(({ multiRegion }) => !multiRegion)!;
    expect(destinations(single, ['us-east-1', 'us-west-2'])).toEqual(['us-west-2']);
  });
});
