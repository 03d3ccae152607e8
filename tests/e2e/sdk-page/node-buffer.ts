/** The AWS Encryption SDK’s ASN.1 reader takes Node's Buffer for granted, so it must be there first. */
import { Buffer } from 'buffer';

globalThis.Buffer = Buffer;
