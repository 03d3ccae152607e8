import { attest, readAttestation } from './attestation/attestation.ts';
import { attemptExport } from './attempts/attempt-export.ts';
import { generateBackingKey } from './backing-key.ts';
import { readBackup } from './backup/read-backup.ts';
import { writeBackup } from './backup/write-backup.ts';
import { decrypt, encrypt, reEncrypt } from './cipher.ts';
import { unavailable, workbench, type Workbench } from './command.ts';
import { generateDataKey, generateDataKeyPair, generateRandom } from './data-keys.ts';
import { nowhere } from './domain.ts';
import type { Change } from './fleet/change.ts';
import { retire, rotate } from './fleet/domain-keys.ts';
import { fail } from './fleet/fail.ts';
import type { Serving } from './fleet/fleet.ts';
import { replace } from './fleet/replace.ts';
import { reseal } from './fleet/reseal.ts';
import type { Workshop } from './fleet/workshop.ts';
import type { FleetResult, Hsm, HsmResult, Watched } from './hsm.ts';
import { beginImport } from './import/begin-import.ts';
import { importMaterial } from './import/import-material.ts';
import { deriveSharedSecret } from './key-agreement.ts';
import { decapsulate, encapsulate } from './key-encapsulation.ts';
import { generateMac, verifyMac } from './mac.ts';
import { ModuleMemory, newFounding, type Platform } from './module-memory.ts';
import { replicate } from './replication/replicate.ts';
import { sign, verify } from './signature/sign-and-verify.ts';
import type { StoredDomain } from './store/domain-record.ts';

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

  /** Runs a command in a module of the domain of a KMS key. */
  function within<Command extends Watched, Output>(
    keyArn: string,
    command: Command,
    run: Run<Command, HsmResult<Output>>,
  ): Promise<HsmResult<Output>> {
    commands++;
    // This command's, even if the module is zeroised while it runs.
    const mine = memory;
    const start = async (serving: Serving | undefined) =>
      serving === undefined ? unavailable(keyArn, command) : run(workbench(mine, serving, command), command);
    const serving = mine.serve(keyArn);
    return serving instanceof Promise ? serving.then(start) : start(serving);
  }

  /** Runs a command that is about no KMS key, or about many. */
  function anywhere<Command extends Watched, Result>(
    command: Command,
    run: Run<Command, Result>,
  ): Promise<Result> {
    commands++;
    return run(workbench(memory, { domain: nowhere }, command), command);
  }

  /** Carries an operator's command to a domain out. */
  async function changing<Command extends { region: string } & Watched, Output>(
    command: Command,
    work: (
      domain: StoredDomain,
      workshop: Workshop,
      command: Command,
    ) => Change<Output> | Promise<Change<Output>>,
  ): Promise<FleetResult<Output>> {
    const { region } = command;
    const mine = memory;
    const fleet = await mine.fleetOf(region);
    if (fleet === undefined) return { ok: false, refusal: { reason: 'UNKNOWN_DOMAIN', region }, steps: [] };
    return fleet.change((domain) => work(domain, mine.workshop(), command), command);
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
    rotateDomainKey: (command) => changing(command, rotate),
    reseal: (command) => anywhere(command, reseal),
    retireDomainKeys: (command) => changing(command, retire),
    failMembers: (command) => changing(command, (domain) => fail(domain, command)),
    replaceMember: (command) => changing(command, replace),
    forget({ region, materialIds }) {
      for (const materialId of materialIds) memory.forget(region, materialId);
      return Promise.resolve();
    },
    attemptExport: (command) => within(command.token.keyArn, command, attemptExport),
    backup: (command) => writeBackup(memory, platform, command),
    async restore(command) {
      const staged = await readBackup(platform, command);
      if (staged === undefined) return { ok: false };
      await store.stage(staged);
      return { ok: true, moduleId: staged.founding.moduleId };
    },
    async adopt({ moduleId }) {
      const adopted = await store.adopt(moduleId);
      if (adopted !== undefined) memory = new ModuleMemory(platform, adopted);
      return memory.founding.moduleId === moduleId;
    },
    view: async () => {
      const { moduleId, seed } = memory.founding;
      return {
        moduleId,
        domains: await memory.views(),
        commands,
        durability: store.durability,
        ...(seed !== undefined && { seed }),
      };
    },
    async zeroise(command = {}) {
      const founding = newFounding(platform, command.seed);
      await store.refound(founding);
      memory = new ModuleMemory(platform, { founding, starts: 1, secrets: new Map(), domains: new Map() });
    },
  };
}

function requireWebCrypto(): void {
  // Browsers offer it in secure contexts only (Web Cryptography API, `[SecureContext]`).
  if (!('subtle' in crypto)) {
    throw new Error('Web Crypto is missing: open this page by https, or from localhost.');
  }
}
