import { cloud } from '$lib/cloud/connection.svelte.ts';
import type { KmsClient } from '$lib/cloud/kms.ts';
import { standIn } from '$lib/cloud/stand-in.ts';

const keyAlias = 'alias/demo';

/** Typing goes on while this long has not passed since the last key; milliseconds. */
const pause = 350;

export type Stage = 'idle' | 'starting' | 'creating' | 'encrypting';

/** How the cloud answered a Decrypt, or anything that it refused. */
export type Answer =
  | { kind: 'plaintext'; text: string }
  | { kind: 'refusal'; name: string; message: string }
  /** No answer of the cloud: it could not be reached. */
  | { kind: 'failure'; message: string };

/**
 * The demonstration on the home page: encrypts what is typed, under a real key, by the same signed requests
 * that any client sends. It sleeps until somebody touches it.
 */
export class Demo {
  text = $state('');
  #stage = $state.raw<Stage>('idle');
  #blob = $state.raw<Uint8Array>();
  #changed = $state.raw<number[]>([]);
  #answer = $state.raw<Answer>();
  #requestId = $state.raw<string>();
  #client: Promise<KmsClient> | undefined;
  #key: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #encrypting: Promise<void> | undefined;

  get stage(): Stage {
    return this.#stage;
  }
  /** The latest ciphertext, with the reader's changes to it. */
  get blob(): Uint8Array | undefined {
    return this.#blob;
  }
  /** Positions of the bytes that were changed. */
  get changed(): readonly number[] {
    return this.#changed;
  }
  get answer(): Answer | undefined {
    return this.#answer;
  }
  /** The request to show in the picture. */
  get requestId(): string | undefined {
    return this.#requestId;
  }

  /** Fetches and starts what will be needed in a moment. */
  wake(): void {
    void cloud.start();
    this.#client ??= connect();
  }

  /** Call on each input; encrypts when the typing pauses. */
  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#encryptLatest(), pause);
  }

  async decrypt(): Promise<void> {
    const blob = this.#blob;
    if (!blob) return;
    await this.#attempt(async (client) => {
      const reply = await client.call('Decrypt', { CiphertextBlob: blob });
      this.#requestId = reply.$metadata.requestId;
      this.#answer = { kind: 'plaintext', text: new TextDecoder().decode(reply.Plaintext) };
    });
  }

  /** Flips the lowest bit of the byte there, or flips it back, and has the blob decrypted. */
  async change(offset: number): Promise<void> {
    const blob = this.#blob?.slice();
    const byte = blob?.[offset];
    if (!blob || byte === undefined) return;
    blob[offset] = byte ^ 1;
    this.#blob = blob;
    this.#changed = this.#changed.includes(offset)
      ? this.#changed.filter((position) => position !== offset)
      : [...this.#changed, offset];
    await this.decrypt();
  }

  /** Flips all changed bytes back, and has the blob decrypted. */
  async restore(): Promise<void> {
    this.#blob = this.#blob?.map((byte, offset) => (this.#changed.includes(offset) ? byte ^ 1 : byte));
    this.#changed = [];
    await this.decrypt();
  }

  /** One Encrypt at a time; what was typed meanwhile is encrypted next, what came between never. */
  async #encryptLatest(): Promise<void> {
    if (this.#encrypting) return;
    for (let done: string | undefined; done !== this.text;) {
      done = this.text;
      this.#encrypting = this.#encrypt(done);
      await this.#encrypting;
    }
    this.#encrypting = undefined;
  }

  async #encrypt(text: string): Promise<void> {
    this.#answer = undefined;
    this.#changed = [];
    if (text === '') {
      this.#blob = undefined;
      return;
    }
    await this.#attempt(async (client) => {
      await this.#ensureKey(client);
      this.#stage = 'encrypting';
      const Plaintext = new TextEncoder().encode(text);
      const reply = await client.call('Encrypt', { KeyId: keyAlias, Plaintext });
      this.#blob = reply.CiphertextBlob;
      this.#requestId = reply.$metadata.requestId;
    });
  }

  /** The key is made once a cloud; another cloud (after a reset) needs another one. */
  async #ensureKey(client: KmsClient): Promise<void> {
    // The cloud was reset, here or in another tab.
    if (cloud.view?.keys === 0) this.#key = undefined;
    this.#key ??= (async () => {
      if (await exists(client)) return;
      this.#stage = 'creating';
      await createKey(client);
    })();
    await this.#key;
  }

  async #attempt(work: (client: KmsClient) => Promise<void>): Promise<void> {
    this.wake();
    if (cloud.status !== 'ready') this.#stage = 'starting';
    try {
      await cloud.start();
      if (cloud.status === 'failed') throw new Error(cloud.message);
      const client = await this.#client!;
      this.#answer = undefined;
      await work(client);
    } catch (error) {
      this.#explain(error);
    } finally {
      this.#stage = 'idle';
    }
  }

  #explain(error: unknown): void {
    // Whatever it was, the next attempt looks at the cloud afresh.
    this.#key = undefined;
    const { name, message, requestId } = error as Error & { requestId?: string };
    if (requestId === undefined) {
      this.#client = undefined;
      this.#answer = { kind: 'failure', message };
      return;
    }
    this.#requestId = requestId;
    this.#answer = { kind: 'refusal', name, message };
  }
}

/** The signing client is fetched apart from the page, which must show without it. */
async function connect(): Promise<KmsClient> {
  const { kmsClient } = await import('$lib/cloud/kms.ts');
  return kmsClient(cloud, () => standIn(cloud.identities, 'Ada'), {
    userAgent: 'glass-kms-home',
  });
}

async function exists(client: KmsClient): Promise<boolean> {
  try {
    await client.call('DescribeKey', { KeyId: keyAlias });
    return true;
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return false;
    throw error;
  }
}

async function createKey(client: KmsClient): Promise<void> {
  const { KeyMetadata } = await client.call('CreateKey', { Description: 'Encrypts on the home page' });
  await client.call('CreateAlias', { AliasName: keyAlias, TargetKeyId: KeyMetadata?.KeyId });
}
