import { about, oneOf, required } from '../../declaration/members.ts';
import { Timestamp } from '../../declaration/output.ts';
import { awsEnums } from '../enums.ts';
import { unlessImported, wrappingFor } from '../import/wrapping.ts';
import { keyId } from '../members.ts';
import { accept } from '../module.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';

/** A public key and its import token belong together, and are good for 24 hours; in milliseconds. */
const validity = 24 * 3_600_000;

/**
 * GetParametersForImport: the public key to wrap material with, and the token that lets it in. AWS: KMS API
 * Reference, GetParametersForImport.
 */
export const GetParametersForImport = operation('GetParametersForImport', {
  summary: 'Gives the public key and the token that you need to import key material, both for 24 hours.',
  readOnly: true,
  input: {
    KeyId: required(keyId()),
    WrappingAlgorithm: about(
      'How you will wrap the key material for its way to KMS.',
      required(oneOf(awsEnums.WrappingAlgorithm)),
    ),
    WrappingKeySpec: about(
      'The kind of public key to wrap it with.',
      required(oneOf(awsEnums.WrappingKeySpec)),
    ),
  },
  keys: { key: { ...managedKey('kms:GetParametersForImport'), unfit: unlessImported } },
  async run({ input, keys: { key }, call, rooms }) {
    const validTo = call.time + validity;
    const result = await rooms.hsm.beginImport({
      keyArn: arnOfKey(key),
      wrappingKeySpec: input.WrappingKeySpec,
      wrappingAlgorithm: wrappingFor(key, input),
      validTo,
      watched: call.trace.watched,
    });
    const { importToken, publicKey } = accept(call, result, key);
    return {
      KeyId: arnOfKey(key),
      ImportToken: importToken,
      PublicKey: publicKey,
      ParametersValidTo: new Timestamp(validTo),
    };
  },
});
