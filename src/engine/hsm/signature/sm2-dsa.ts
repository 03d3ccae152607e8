import { lendKey } from '../lent-key.ts';
import { publicKeyIn } from '../material/public-key.ts';
import { bareKey } from '../purposes.ts';
import { fromDer, toDer } from './ecdsa-encoding.ts';
import type { Scheme } from './scheme.ts';
import { signed } from './steps.ts';

/** SM2DSA, in DER (GM/T 0009, clause 7.3). A digest is e, the SM3 hash of Z and the message. */
export const sm2Dsa: Scheme<'SM2DSA'> = {
  async sign(bench, token, message) {
    const { signSm2 } = await import('../sm2/signature.ts');
    const kind = message.messageType === 'RAW' ? 'message' : 'digest';
    return lendKey(bench, token, bareKey('SM2'), (privateKey) => {
      const signature = toDer(signSm2(privateKey, message.message, kind));
      bench.steps?.push(signed(message, signature));
      return signature;
    });
  },

  async verify(spki, { message, messageType }, signature) {
    const publicKey = publicKeyIn('SM2', spki);
    const bare = fromDer(signature, 32);
    if (publicKey === undefined || bare === undefined) return false;
    const { verifySm2 } = await import('../sm2/signature.ts');
    return verifySm2(publicKey, message, messageType === 'RAW' ? 'message' : 'digest', bare);
  },
};
