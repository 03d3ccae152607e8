import { describe, expect, it } from 'vitest';
import { operations } from '../../src/engine/kms/operations/index.ts';
import { routeOf } from '../../src/lib/console/route.ts';
import { consolePageOf, pageName } from '../../src/lib/playground/console-page.ts';
import { consoleHash, consolePathIn } from '../../src/lib/playground/place-hash.ts';

const arn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const call = (operation: string, input: Record<string, unknown> = {}, output?: Record<string, unknown>) =>
  consolePageOf({ service: 'kms', operation, input, ...(output && { output }) });

describe('the page of the console for a call', () => {
  it.each([
    ['CreateKey', {}, { KeyMetadata: { Arn: arn } }, `keys/${arn}`],
    ['ListGrants', { KeyId: 'alias/a' }, { Grants: [] }, 'keys/alias/a/grants'],
    ['EnableKeyRotation', { KeyId: arn }, {}, `keys/${arn}/rotation`],
    ['ReplicateKey', { KeyId: 'mrk-1' }, { ReplicaKeyMetadata: { Arn: arn } }, `keys/${arn}/regions`],
    ['Encrypt', { KeyId: arn }, { KeyId: arn }, 'encrypt'],
    ['CreateAlias', { AliasName: 'alias/a', TargetKeyId: arn }, {}, 'aliases'],
    ['GenerateRandom', { NumberOfBytes: 1 }, {}, 'operations/GenerateRandom'],
    ['CreateKey', {}, { __type: 'AccessDeniedException' }, 'operations/CreateKey'],
  ])('%s', (operation, input, output, page) => {
    expect(call(operation, input, output)).toBe(page);
  });

  it('is there for every operation of KMS, and the console knows each', () => {
    const names = operations.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      const path = call(name, { KeyId: arn })!;
      const route = routeOf(path);
      // What the console does not know leads to its list of keys.
      if (route.page === 'keys') expect([name, path]).toEqual(['ListKeys', 'keys']);
      if (route.page === 'key') expect(route.keyId).toBe(arn);
    }
  });

  it('has a name', () => {
    expect(pageName(call('CreateKey', {}, { KeyMetadata: { Arn: arn } })!)).toBe(
      '1234abcd-12ab-34cd-56ef-1234567890ab: General',
    );
    expect(pageName(call('ListGrants', { KeyId: 'alias/a' })!)).toBe('alias/a: Grants');
    expect(pageName(call('Verify')!)).toBe('Sign and verify');
    expect(pageName(call('GenerateRandom')!)).toBe('GenerateRandom');
  });

  it('is there for the trail, and for nothing else', () => {
    expect(consolePageOf({ service: 'cloudtrail', operation: 'LookupEvents', input: {} })).toBe('trail');
    expect(consolePageOf({ service: 'sts', operation: 'GetCallerIdentity', input: {} })).toBeUndefined();
    expect(call('')).toBeUndefined();
  });
});

describe('the address of a page of the console', () => {
  it.each(['', 'keys', `keys/${arn}/grants`, 'keys/alias/a b&c=d#e', 'operations/Encrypt?KeyId=a%20b+c'])(
    'reads back: %s',
    (path) => {
      expect(consolePathIn(consoleHash(path))).toBe(path);
    },
  );

  it('stays readable, and is none where the address says something else', () => {
    expect(consoleHash(`keys/${arn}`)).toBe(`#console=keys/${arn}`);
    expect(consolePathIn('#share=1.abc')).toBe('');
  });
});
