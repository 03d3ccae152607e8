import * as v from 'valibot';
import { tokenKey, tokens } from '../../kms/tokens.ts';
import type { Reader } from '../../vault/vault.ts';
import { firstGood } from '../../vault/zones.ts';
import { act, ActRefused } from '../act.ts';
import { keyArn, materialId, zone } from '../members.ts';
import { keyByArn, sealedKeyOf } from '../sealed-keys.ts';
import { counted, zonesNamed } from '../words.ts';

const input = v.pipe(
  v.strictObject({
    act: v.literal('LoseCopies'),
    zones: v.pipe(v.array(zone), v.nonEmpty('must name a zone')),
    keyArn: v.exactOptional(keyArn),
    materialId: v.exactOptional(materialId),
  }),
  v.check(
    ({ keyArn, materialId }) => materialId === undefined || keyArn !== undefined,
    'A materialId goes with a keyArn.',
  ),
);

/** Copies of sealed keys are gone: of one key or of all, in these zones. */
export const LoseCopies = act({
  input,
  run: (query, { commit }) =>
    commit((transaction) => {
      const wanted = new Set(query.zones);
      let gone = 0;
      let lost = 0;
      for (const key of sealedKeysOf(transaction, query)) {
        const there = tokens.copies(transaction, key).filter(({ state }) => state !== 'missing');
        const going = there.filter(({ zone }) => wanted.has(zone));
        for (const { zone } of going) tokens.delete(transaction, key, zone);
        gone += going.length;
        if (going.length > 0 && !firstGood(tokens.copies(transaction, key))) lost++;
      }
      const where = zonesNamed([...wanted].sort());
      if (gone === 0) {
        throw new ActRefused(`${where} ${wanted.size === 1 ? 'holds' : 'hold'} no copy that could be lost.`);
      }
      const left =
        lost === 0 ? 'each has a good copy left' : `${counted(lost, 'sealed key')} without a good copy now`;
      return {
        summary: `${where} ${wanted.size === 1 ? 'has' : 'have'} lost ${counted(gone, 'copy', 'copies')}; ${left}.`,
      };
    }),
});

function sealedKeysOf(reader: Reader, { keyArn, materialId }: v.InferOutput<typeof input>): string[] {
  if (keyArn === undefined) return tokens.keys(reader);
  if (materialId !== undefined) return [sealedKeyOf(reader, keyArn, materialId)];
  const key = keyByArn(reader, keyArn);
  return key.materials.map(({ id }) => tokenKey(key, id));
}
