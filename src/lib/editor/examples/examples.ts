import encryptionContext from './programs/encryption-context.ts?raw';
import encryptionSdk from './programs/encryption-sdk.ts?raw';
import envelopeEncryption from './programs/envelope-encryption.ts?raw';
import errors from './programs/errors.ts?raw';
import firstKey from './programs/first-key.ts?raw';
import grants from './programs/grants.ts?raw';
import hmac from './programs/hmac.ts?raw';
import importKeyMaterial from './programs/import-key-material.ts?raw';
import multiRegion from './programs/multi-region.ts?raw';
import rotation from './programs/rotation.ts?raw';
import signAndVerify from './programs/sign-and-verify.ts?raw';

/** Programs to begin with, in the order of a course. A test runs each in Node, and each in the sandbox. */
export const exampleTexts = {
  firstKey,
  envelopeEncryption,
  encryptionContext,
  signAndVerify,
  hmac,
  grants,
  rotation,
  importKeyMaterial,
  multiRegion,
  encryptionSdk,
  errors,
} as const;

export type ExampleName = keyof typeof exampleTexts;

export const exampleNames = Object.keys(exampleTexts) as ExampleName[];
