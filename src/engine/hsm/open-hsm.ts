import { attest, readAttestation } from './attestation/attestation.ts';
import { generateBackingKey } from './backing-key.ts';
import { decrypt, encrypt, reEncrypt } from './cipher.ts';
import { refused, workbench, type Workbench } from './command.ts';
import { generateDataKey, generateDataKeyPair, generateRandom } from './data-keys.ts';
import { nowhere, type Domain } from './domain.ts';
import type { FleetResult, Hsm, Watched } from './hsm.ts';
import { beginImport } from './import/begin-import.ts';
import { importMaterial } from './import/import-material.ts';
import { deriveSharedSecret } from './key-agreement.ts';
import { decapsulate, encapsulate } from './key-encapsulation.ts';
import { generateMac, verifyMac } from './mac.ts';
import { ModuleMemory, newFounding, type Platform } from './module-memory.ts';
import { replicate } from './replication/replicate.ts';
import { sign, verify } from './signature/sign-and-verify.ts';

export interface HsmOptions extends Platform {
  /**
   * What a new module is to make its keys, nonces and ids from; with the same commands in the same order, another
   * one makes the same. What Web Crypto draws by itself does not follow from it: the salts of RSASSA-PSS and RSA-OAEP
   * and the nonces of ECDSA. A module that the store knows already keeps to how it was founded.
   */
  seed?: string;
}

/**
 * Switches the cryptographic module on, and founds it at its first start.
 *
 * Commands resolve with a refusal where one can be expected, and reject only for a command that the caller had
 * no right to send (a length out of range, a missing public key), and when the store fails.
 * @throws Error without Web Crypto; HsmStoreError when the store fails
 */
export async function openHsm({ seed, ...platform }: HsmOptions): Promise<Hsm> {
  requireWebCrypto();
  const { store } = platform;
  let memory = new ModuleMemory(platform, await store.start(newFounding(platform, seed)));
  let commands = 0;

  type Run<Command, Result> = (bench: Workbench, command: Command) => Promise<Result>;

  /** Runs a command in the domain of a KMS key. */
  function within<Command extends Watched, Result>(
    keyArn: string,
    command: Command,
    run: Run<Command, Result>,
  ): Promise<Result> {
    commands++;
    // This command's, even if the module is zeroised while it runs.
    const mine = memory;
    const start = (domain: Domain) => run(workbench(mine, domain, command), command);
    const domain = mine.domainOf(keyArn);
    return domain instanceof Promise ? domain.then(start) : start(domain);
  }

  /** Runs a command that is about no KMS key. */
  function anywhere<Command extends Watched, Result>(
    command: Command,
    run: Run<Command, Result>,
  ): Promise<Result> {
    commands++;
    return run(workbench(memory, nowhere, command), command);
  }

  return {
    generateBackingKey: (command) => within(command.keyArn, command, generateBackingKey),
    encrypt: (command) => within(command.token.keyArn, command, encrypt),
    decrypt: (command) => within(command.token.keyArn, command, decrypt),
    reEncrypt: (command) => within(command.source.token.keyArn, command, reEncrypt),
    generateDataKey: (command) => within(command.token.keyArn, command, generateDataKey),
    generateDataKeyPair: (command) => within(command.token.keyArn, command, generateDataKeyPair),
    generateRandom: (command) => anywhere(command, generateRandom),
    sign: (command) => within(command.token.keyArn, command, sign),
    verify: (command) => anywhere(command, verify),
    generateMac: (command) => within(command.token.keyArn, command, generateMac),
    verifyMac: (command) => within(command.token.keyArn, command, verifyMac),
    deriveSharedSecret: (command) => within(command.token.keyArn, command, deriveSharedSecret),
    encapsulate: (command) => within(command.token.keyArn, command, encapsulate),
    decapsulate: (command) => within(command.token.keyArn, command, decapsulate),
    beginImport: (command) => within(command.keyArn, command, beginImport),
    importMaterial: (command) => within(command.keyArn, command, importMaterial),
    replicate: (command) => within(command.token.keyArn, command, replicate),
    attest: (command) => anywhere({ ...command, watched: false }, attest),
    readAttestation: (command) => anywhere(command, readAttestation),
    rotateDomainKey: ({ region }) => noFleet(region),
    reseal: (command) => anywhere(command, (bench) => Promise.resolve(refused(bench, 'MODULE_UNAVAILABLE'))),
    retireDomainKeys: ({ region }) => noFleet(region),
    failMembers: ({ region }) => noFleet(region),
    replaceMember: ({ region }) => noFleet(region),
    attemptExport: (command) =>
      anywhere(command, (bench) => Promise.resolve(refused(bench, 'MODULE_UNAVAILABLE'))),
    view: async () => {
      const { moduleId, seed } = memory.founding;
      return {
        moduleId,
        domains: memory.views(),
        commands,
        durability: store.durability,
        ...(seed !== undefined && { seed }),
      };
    },
    async zeroise(command = {}) {
      const founding = newFounding(platform, command.seed);
      await store.refound(founding);
      memory = new ModuleMemory(platform, { founding, starts: 1, secrets: new Map() });
    },
  };
}

/** Domains have no members yet that an operator could do anything with. */
function noFleet(region: string): Promise<FleetResult<never>> {
  return Promise.resolve({ ok: false, refusal: { reason: 'UNKNOWN_DOMAIN', region }, steps: [] });
}

function requireWebCrypto(): void {
  // Browsers offer it in secure contexts only (Web Cryptography API, `[SecureContext]`).
  if (!('subtle' in crypto)) {
    throw new Error('Web Crypto is missing: open this page by https, or from localhost.');
  }
}
