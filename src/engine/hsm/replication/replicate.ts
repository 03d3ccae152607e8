import { done, refused, unavailable, type Workbench } from '../command.ts';
import type { Serving } from '../fleet/fleet.ts';
import type { ExportedKeyToken, HsmResult } from '../hsm.ts';
import { makeSigningKey } from '../long-lived-keys.ts';
import { regionOf } from '../region.ts';
import { tokenRefused, tokenSealed } from '../steps.ts';
import { secretNames } from '../store/store.ts';
import { isOfferGenuine, isShipmentGenuine, offer, receive, ship, type Peer, type Side } from './messages.ts';
import { agreed, notGenuine, offered, offerVerified, shipmentOpened, shipped } from './steps.ts';

/**
 * Copies a backing key to another Region's domain. This module stands for those of both Regions; what one of them
 * says to the other is said in full, and checked.
 * @throws TypeError unless `replicaArn` is the token's key ARN but for its Region
 */
export async function replicate(
  bench: Workbench,
  { token, replicaArn }: { token: ExportedKeyToken; replicaArn: string },
): Promise<HsmResult<{ token: ExportedKeyToken }>> {
  const regions = replicationRegions(token.keyArn, replicaArn);
  const source = await sideIn(bench, regions.source, bench);
  const serving = await bench.memory.serve(replicaArn);
  if (serving === undefined) {
    bench.steps?.push(...unavailable(replicaArn, { watched: true }).steps);
    return refused(bench, 'MODULE_UNAVAILABLE');
  }
  const target = await sideIn(bench, regions.target, serving);
  const { steps } = bench;

  const { offer: message, secret } = await offer(target, peer(source));
  steps?.push(offered(target, message));
  if (!(await isOfferGenuine(source, peer(target), message))) {
    steps?.push(notGenuine(target, message));
    return refused(bench, 'TOKEN_REJECTED');
  }
  steps?.push(offerVerified(source, target, message));

  const shipment = await ship(source, message, { token, replicaArn }, bench.randomness);
  if (shipment === undefined) {
    steps?.push(tokenRefused(token));
    return refused(bench, 'TOKEN_REJECTED');
  }
  steps?.push(agreed(message, shipment), shipped(source, token, shipment));
  if (!(await isShipmentGenuine(peer(source), message, shipment))) {
    steps?.push(notGenuine(source, shipment));
    return refused(bench, 'TOKEN_REJECTED');
  }
  const replica = await receive(target, secret, shipment);
  steps?.push(shipmentOpened(target, source, shipment), tokenSealed(replica));
  return done(bench, { token: replica });
}

function replicationRegions(keyArn: string, replicaArn: string): { source: string; target: string } {
  const source = regionOf(keyArn);
  const target = regionOf(replicaArn);
  const isCopy =
    source !== undefined &&
    target !== undefined &&
    source !== target &&
    replicaArn === keyArn.replace(`:${source}:`, () => `:${target}:`);
  if (!isCopy) throw new TypeError(`${replicaArn} is not ${keyArn} in another Region.`);
  return { source, target };
}

async function sideIn({ memory }: Workbench, region: string, { domain }: Serving): Promise<Side> {
  const signingKey = await memory.secret(secretNames.replicationKey(region), makeSigningKey);
  return { region, domain, signingKey };
}

/** Modules of one partition know each other's public keys from the start. */
function peer({ region, signingKey }: Side): Peer {
  return { region, verificationKey: signingKey.public! };
}
