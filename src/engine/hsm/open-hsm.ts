import type { Clock } from '../clock/clock.ts';
import type { Randomness } from '../clock/randomness.ts';
import { generateBackingKey } from './backing-key.ts';
import { decrypt, encrypt, generateDataKey, generateRandom, reEncrypt } from './cipher.ts';
import { workbench, type Workbench } from './command.ts';
import { Domain, newDomainKey } from './domain.ts';
import type { Hsm, Watched } from './hsm.ts';
import { sign, verify } from './signature.ts';
import type { HsmStore } from './store/store.ts';

export interface HsmOptions {
  /** Keeps the domain key between starts. */
  store: HsmStore;
  clock: Clock;
  /**
   * Nonces, IVs, salts, data keys and ids. Domain keys and backing keys come from the platform's own generator,
   * which no script can foresee.
   */
  randomness: Randomness;
}

/**
 * Switches the cryptographic module on. At its first start it makes its domain key.
 *
 * Commands resolve with a refusal where one can be expected, and reject only for a command that the caller had
 * no right to send (a length out of range, a missing public key).
 * @throws Error without Web Crypto; HsmStoreError when the store fails
 */
export async function openHsm({ store, clock, randomness }: HsmOptions): Promise<Hsm> {
  requireWebCrypto();
  let domain = new Domain(await store.establish(await newDomainKey(clock, randomness)), randomness);
  let commands = 0;

  function begin(command: Watched): Workbench {
    commands++;
    return workbench(domain, randomness, command);
  }

  return {
    generateBackingKey: (command) => generateBackingKey(begin(command), command),
    encrypt: (command) => encrypt(begin(command), command),
    decrypt: (command) => decrypt(begin(command), command),
    reEncrypt: (command) => reEncrypt(begin(command), command),
    generateDataKey: (command) => generateDataKey(begin(command), command),
    generateRandom: async (command) => generateRandom(begin(command), command.length),
    sign: (command) => sign(begin(command), command),
    verify: (command) => verify(begin(command), command),
    view: async () => ({
      domainKeyId: domain.id,
      domainKeyCreated: domain.created,
      commands,
      durability: store.durability,
    }),
    async zeroise() {
      const next = await newDomainKey(clock, randomness);
      await store.replace(next);
      domain = new Domain(next, randomness);
    },
  };
}

function requireWebCrypto(): void {
  // Browsers offer it in secure contexts only (Web Cryptography API, `[SecureContext]`).
  if (!('subtle' in crypto)) {
    throw new Error('Web Crypto is missing: open this page by https, or from localhost.');
  }
}
