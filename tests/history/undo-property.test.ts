import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { KeyAnatomy } from '../../src/engine/look/look.ts';
import { abroad, day, inRegion, stillWorld, type World } from '../kms/life.ts';
import { newKey } from '../kms/support.ts';

/** One thing that may be asked of one of the keys; what AWS refuses changes nothing. */
type Move = (world: World, keyArn: string) => Promise<unknown>;

const alias = (keyArn: string) => `alias/${keyArn.slice(-6)}`;
const gus = 'arn:aws:iam::111122223333:user/Gus';

const moves: Record<string, Move> = {
  create: ({ ada }) => newKey(ada, { MultiRegion: true }),
  disable: ({ ada }, KeyId) => ada.disableKey({ KeyId }),
  enable: ({ ada }, KeyId) => ada.enableKey({ KeyId }),
  describe: ({ ada }, KeyId) => ada.updateKeyDescription({ KeyId, Description: String(Math.random()) }),
  name: ({ ada }, KeyId) => ada.createAlias({ AliasName: alias(KeyId), TargetKeyId: KeyId }),
  unname: ({ ada }, KeyId) => ada.deleteAlias({ AliasName: alias(KeyId) }),
  grant: ({ ada }, KeyId) => ada.createGrant({ KeyId, GranteePrincipal: gus, Operations: ['Decrypt'] }),
  rotateYearly: ({ ada }, KeyId) => ada.enableKeyRotation({ KeyId }),
  rotate: ({ ada }, KeyId) => ada.rotateKeyOnDemand({ KeyId }),
  replicate: ({ ada }, KeyId) => ada.replicateKey({ KeyId, ReplicaRegion: abroad }),
  movePrimary: ({ ada }, KeyId) => ada.updatePrimaryRegion({ KeyId, PrimaryRegion: abroad }),
  encrypt: ({ ada }, KeyId) => ada.encrypt({ KeyId, Plaintext: new Uint8Array(1) }),
  doom: ({ ada }, KeyId) => ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 }),
  doomAbroad: ({ adaAbroad }, arn) =>
    adaAbroad.scheduleKeyDeletion({ KeyId: inRegion(arn, abroad), PendingWindowInDays: 7 }),
  spare: ({ ada }, KeyId) => ada.cancelKeyDeletion({ KeyId }),
  wait: ({ pass }) => pass(5000),
  waitLong: ({ pass }) => pass(10 * day),
  loseZone: ({ cloud }) => cloud.operate({ act: 'LoseCopies', zones: ['a'] }),
  loseKey: ({ cloud }, keyArn) => cloud.operate({ act: 'LoseCopies', zones: ['a', 'b', 'c'], keyArn }),
};

async function seen(cloud: Cloud) {
  const keys = await cloud.look<'keys'>({ name: 'keys', query: {} });
  const anatomies = await Promise.all(
    keys.map(({ keyArn }) => cloud.look<'key'>({ name: 'key', query: { keyArn } })),
  );
  const upcoming = await cloud.look<'upcoming'>({ name: 'upcoming', query: {} });
  return {
    keys: keys.map(({ keyArn }) => keyArn),
    anatomies: anatomies.map((key) => comparable(key!)),
    upcoming: upcoming.filter(({ kind }) => kind !== 'DomainKeyRotation'),
  };
}

/** The audit trail is not undone; and sealed keys stay under the domain key that they are under now. */
function comparable({ users: _, materials, ...key }: KeyAnatomy) {
  return {
    ...key,
    materials: materials.map(({ copies, ...material }) => ({
      ...material,
      copies: copies.map(({ zone, state }) => ({ zone, state })),
    })),
  };
}

const plan = fc.record({
  before: fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.nat(5)), { maxLength: 12 }),
  after: fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.nat(5)), {
    minLength: 1,
    maxLength: 12,
  }),
});

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

describe('undo, whatever has happened', () => {
  it('makes every look what it was, but for what has been shredded or cannot be opened any more', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ before, after }) => {
        const world = await stillWorld();
        const { cloud, ada } = world;
        const arns = [await newKey(ada, { MultiRegion: true }), await newKey(ada)];
        const play = async (steps: [string, number][]) => {
          for (const [name, index] of steps) {
            const made = await moves[name]!(world, arns[index % arns.length]!).catch(() => undefined);
            if (typeof made === 'string') arns.push(made);
          }
          await cloud.flush();
        };
        await play(before);
        const then = await seen(cloud);
        const { sequence } = await cloud.view();
        await play(after);
        const { lostForEver = [] } = await cloud.operate({ act: 'UndoTo', sequence });
        const now = await seen(cloud);
        if (lostForEver.length === 0) {
          expect(now).toEqual(then);
          return;
        }
        const lost = new Set(lostForEver.map(({ keyArn }) => keyArn));
        // Whole families agree about who is left.
        const isTouched = (arn: string) => [...lost].some((other) => other.slice(-36) === arn.slice(-36));
        const untouched = ({ keyArn }: { keyArn: string }) => !isTouched(keyArn);
        expect(now.anatomies.filter(untouched)).toEqual(then.anatomies.filter(untouched));
        for (const keyArn of now.keys) {
          expect(await ada.describeKey({ KeyId: keyArn }).catch(nameOf)).not.toBe('KMSInternalException');
        }
      }),
      { numRuns: Number(process.env['UNDO_RUNS'] ?? 12) },
    );
  }, 300_000);
});
