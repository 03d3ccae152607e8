import { glimpse } from '../../trace/glimpse.ts';
import type { Step } from '../../trace/trace.ts';
import type { ExportedKeyToken } from '../hsm.ts';
import { made, read, step, wall } from '../steps.ts';
import type { Offer, Shipment, Side } from './messages.ts';

/** What the module says of replication to the glass. */

export function offered({ region, signingKey }: Side, { agreementKey, signature }: Offer): Step {
  return step(
    `The module of ${region} makes an agreement key for this one copy, and signs it.`,
    [read('Region', region), read('Replication signing key', signingKey.id)],
    [made('Agreement public key', agreementKey), made('Signature', signature)],
  );
}

export function offerVerified({ region }: Side, signer: Side, { signature }: Offer): Step {
  return step(`The module of ${region} verifies who signed it.`, [
    read('Replication signing key', signer.signingKey.id),
    read('Signature', signature),
  ]);
}

export function agreed(offer: Offer, { agreementKey }: Shipment): Step {
  return step(
    'Both modules agree on a wrapping key that neither of them sent.',
    [
      read('Function', 'ephemeral ECDH P-384, HKDF with SHA-384'),
      read('Agreement public key offered', offer.agreementKey),
      read('Agreement public key answered', agreementKey),
    ],
    [made('Replication wrapping key', 'AES-256-GCM, not extractable')],
  );
}

export function shipped({ region, signingKey }: Side, token: ExportedKeyToken, shipment: Shipment): Step {
  const { spec, materialId } = token;
  return step(
    `The module of ${region} wraps the backing key under it, and signs what goes abroad.`,
    [
      read('Exported key token', glimpse(token.sealed)),
      read('Backing key', `${spec}, ${materialId}`),
      read('Replication signing key', signingKey.id),
    ],
    [
      made('IV', shipment.iv),
      made('Wrapped backing key', shipment.wrapped),
      made('Signature', shipment.signature),
    ],
  );
}

export function shipmentOpened({ region }: Side, signer: Side, { wrapped, signature }: Shipment): Step {
  return step(`The module of ${region} verifies who signed it, and opens it.`, [
    read('Wrapped backing key', wrapped),
    read('Replication signing key', signer.signingKey.id),
    read('Signature', signature),
  ]);
}

export function notGenuine({ region }: Side, { signature }: Offer | Shipment): Step {
  return wall(`What came was not signed by the module of ${region}.`, [read('Signature', signature)]);
}
