import { describe, expect, it } from 'vitest';
import { blankFields, readInput, type Field } from '../../src/lib/console/operations/fields.ts';
import { bytesIn, replyText } from '../../src/lib/console/operations/reply.ts';
import { operationNamed, operations } from '../../src/lib/operations/operations.ts';

const text = (value: string): Field => ({ type: 'text', text: value });

function read(operation: string, change: Record<string, Field>) {
  const { input: members } = operationNamed(operation)!;
  return readInput(members, { ...blankFields(members), ...change });
}

describe('the form of an operation', () => {
  it('says nothing while nothing is filled in, for each of the 56', () => {
    expect(operations).toHaveLength(56);
    for (const { input: members } of operations) {
      expect(readInput(members, blankFields(members))).toEqual({ input: {}, problems: {} });
    }
  });

  it('reads texts, numbers, booleans, lists and structures as JSON has them', () => {
    const tag = (TagKey: string, TagValue: string): Field => ({
      type: 'structure',
      members: { TagKey: text(TagKey), TagValue: text(TagValue) },
    });
    const made = read('CreateKey', {
      KeySpec: text('ECC_NIST_P256'),
      MultiRegion: text('true'),
      Tags: { type: 'list', items: [tag('Team', 'blue'), tag('Empty', ''), tag('', '')] },
    });
    expect(made).toEqual({
      input: {
        KeySpec: 'ECC_NIST_P256',
        MultiRegion: true,
        Tags: [
          { TagKey: 'Team', TagValue: 'blue' },
          { TagKey: 'Empty', TagValue: '' },
        ],
      },
      problems: {},
    });
    expect(read('ListKeys', { Limit: text('7') }).input).toEqual({ Limit: 7 });
    expect(read('ListKeys', { Limit: text('seven') }).problems).toEqual({ Limit: 'integer' });
  });

  it('reads bytes in each encoding, and tells what is none', () => {
    const blob = (encoding: 'text' | 'base64' | 'hex', value: string): Field => ({
      type: 'blob',
      encoding,
      text: value,
    });
    for (const given of [blob('text', 'hé'), blob('base64', 'aMOp'), blob('hex', '68 c3 a9')]) {
      expect(read('Encrypt', { Plaintext: given }).input).toEqual({ Plaintext: 'aMOp' });
    }
    expect(read('Encrypt', { Plaintext: blob('hex', '6') }).problems).toEqual({ Plaintext: 'bytes' });
    const file: Field = { type: 'blob', encoding: 'file', text: 'unused', file: 'AQ==' };
    expect(read('Encrypt', { Plaintext: file }).input).toEqual({ Plaintext: 'AQ==' });
  });

  it('reads encryption contexts and times', () => {
    const pairs: Field = {
      type: 'map',
      pairs: [
        { name: '__proto__', value: 'plain' },
        { name: '', value: 'left out' },
      ],
    };
    const { EncryptionContext: context } = read('Encrypt', { EncryptionContext: pairs }).input;
    expect(JSON.stringify(context)).toBe('{"__proto__":"plain"}');
    expect(read('ImportKeyMaterial', { ValidTo: text('2026-12-24T18:00Z') }).input).toEqual({
      ValidTo: 1798135200,
    });
    expect(read('ImportKeyMaterial', { ValidTo: text('tomorrow') }).problems).toEqual({
      ValidTo: 'timestamp',
    });
  });

  it('shows a reply with its bytes', () => {
    const reply = {
      Blob: Uint8Array.of(1),
      When: new Date(0),
      In: [{ Mac: Uint8Array.of(2) }],
      $metadata: {},
    };
    expect(JSON.parse(replyText(reply))).toEqual({
      Blob: 'AQ==',
      When: '1970-01-01T00:00:00.000Z',
      In: [{ Mac: 'Ag==' }],
    });
    expect(bytesIn(reply).map(({ path }) => path)).toEqual(['Blob', 'In.0.Mac']);
  });
});
