import { actor } from '$lib/cloud/actor.svelte.ts';
import {
  cloudTrailClient,
  type CloudTrailClient,
  type LookupEventsInput,
  type LookupEventsOutput,
} from '$lib/cloud/cloudtrail.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import {
  kmsClient,
  type KmsClient,
  type KmsInput,
  type KmsOperation,
  type KmsOutput,
} from '$lib/cloud/kms.ts';
import { madeCalls } from '$lib/playground/calls.svelte.ts';
import { freshness, isChange } from './freshness.svelte.ts';

interface Clients {
  kms: KmsClient;
  trail: CloudTrailClient;
}

/**
 * The console's only way to the cloud: requests signed by whoever the learner acts as, to the Region chosen,
 * as any client's. What the principal may not see, the console does not show.
 */
class ConsoleClient {
  readonly #door = madeCalls.door('console', cloud);
  /** By Region. */
  readonly #clients = new Map<string, Clients>();

  /**
   * Sends one operation of KMS. After one that changes something, pages ask anew.
   * @throws AwsFault as KMS answers; TypeError when the cloud cannot be reached
   */
  async call<Name extends KmsOperation>(
    operation: Name,
    input: KmsInput<Name>,
    region = actor.region,
  ): Promise<KmsOutput<Name>> {
    const output = await this.#in(region).kms.call(operation, input);
    if (isChange(operation)) freshness.refresh();
    return output;
  }

  /**
   * One page of the event history of the chosen Region.
   * @throws AwsFault as CloudTrail answers; TypeError when the cloud cannot be reached
   */
  lookupEvents(input: LookupEventsInput): Promise<LookupEventsOutput> {
    return this.#in(actor.region).trail.lookupEvents(input);
  }

  #in(region: string): Clients {
    const present = this.#clients.get(region);
    if (present) return present;
    const signer = () => actor.identity;
    const options = { region, userAgent: 'glass-kms-console' };
    const clients = {
      kms: kmsClient(this.#door, signer, options),
      trail: cloudTrailClient(this.#door, signer, options),
    };
    this.#clients.set(region, clients);
    return clients;
  }
}

/** The console's client of KMS and CloudTrail. */
export const aws = new ConsoleClient();
