import type { Identity } from '$engine/observation.ts';
import { cloud } from './connection.svelte.ts';
import type { KmsClient, KmsInput, KmsOperation, KmsOutput } from './kms.ts';
import { standIn } from './stand-in.ts';

/** How the cloud answered. */
export type Answer<Output = unknown> =
  | { kind: 'done'; operation: KmsOperation; output: Output; requestId?: string }
  /** An error of AWS. */
  | { kind: 'refused'; operation: KmsOperation; name: string; message: string; requestId: string }
  /** No answer of the cloud: it could not be reached, or nothing was sent. */
  | { kind: 'failed'; operation: KmsOperation; message: string };

/** Whom the pages act as. Everything goes by signed requests, as from any client. */
class Actor {
  #arn = $state<string>();
  #region = $state('us-east-1');
  readonly #clients = new Map<string, Promise<KmsClient>>();

  /** The identity chosen; Ada, or who stands in for her, until somebody chooses. */
  get identity(): Identity | undefined {
    const { identities } = cloud;
    return identities.find(({ arn }) => arn === this.#arn) ?? standIn(identities, 'Ada');
  }

  /** The Region that the playground's faces speak to. */
  get region(): string {
    return this.#region;
  }

  /** The cloud's time, in milliseconds since the Unix epoch, as it was after the latest request. */
  get now(): number {
    return cloud.view?.clock.now ?? Date.now();
  }

  choose(arn: string): void {
    this.#arn = arn;
  }

  chooseRegion(region: string): void {
    this.#region = region;
  }

  /** Sends one operation to the endpoint of `region`. Never rejects. */
  async ask<Name extends KmsOperation>(
    region: string,
    operation: Name,
    input: KmsInput<Name>,
  ): Promise<Answer<KmsOutput<Name>>> {
    try {
      await cloud.start();
      const client = await this.#clientIn(region);
      const output = await client.call(operation, input);
      const { requestId } = (output as { $metadata: { requestId?: string } }).$metadata;
      return { kind: 'done', operation, output, ...(requestId !== undefined && { requestId }) };
    } catch (error) {
      const { name, message, requestId } = error as Error & { requestId?: string };
      return requestId === undefined
        ? { kind: 'failed', operation, message }
        : { kind: 'refused', operation, name, message, requestId };
    }
  }

  /** The signing client is fetched apart from the page, which must show without it. */
  #clientIn(region: string): Promise<KmsClient> {
    const present = this.#clients.get(region);
    if (present) return present;
    const client = import('./kms.ts').then(({ kmsClient }) =>
      kmsClient(cloud, () => this.identity, { region, userAgent: 'glass-kms-glass' }),
    );
    this.#clients.set(region, client);
    // What could not be loaded is tried again with the next request.
    client.catch(() => this.#clients.delete(region));
    return client;
  }
}

/** Whom this page acts as. */
export const actor = new Actor();
