/** The AWS Encryption SDK for JavaScript in the sandbox: its build for browsers. */
import * as encryptionSdk from '@aws-crypto/client-browser';
import { registerLibrary } from './register.ts';

registerLibrary('@aws-crypto/client-browser', { ...encryptionSdk });
