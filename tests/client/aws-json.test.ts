import type { MemberModel, ShapeModel } from '$lib/operations/model.ts';
import { lookupEvents, operations } from '$lib/operations/operations.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromAwsJson, toAwsJson } from '../../src/lib/cloud/aws-json.ts';

describe('AWS JSON of the page’s client', () => {
  it('writes bytes as base64, times as seconds, and leaves out what is undefined', () => {
    const text = toAwsJson({
      Plaintext: new Uint8Array([0, 255]),
      StartTime: new Date(1500),
      Marker: undefined,
      Tags: [{ TagKey: 'a', TagValue: 'b' }],
    });
    expect(JSON.parse(text)).toEqual({
      Plaintext: 'AP8=',
      StartTime: 1.5,
      Tags: [{ TagKey: 'a', TagValue: 'b' }],
    });
  });

  it('reads blobs and times wherever they stand, and nothing into maps of the caller’s own', () => {
    const text = JSON.stringify({
      CiphertextBlob: 'AP8=',
      KeyMetadata: { CreationDate: 1.5, Description: 'AP8=' },
      Grants: [{ Constraints: { EncryptionContextSubset: { Plaintext: 'AP8=' } }, CreationDate: 2 }],
    });
    expect(fromAwsJson(text)).toEqual({
      CiphertextBlob: new Uint8Array([0, 255]),
      KeyMetadata: { CreationDate: new Date(1500), Description: 'AP8=' },
      Grants: [
        { Constraints: { EncryptionContextSubset: { Plaintext: 'AP8=' } }, CreationDate: new Date(2000) },
      ],
    });
  });

  it('knows every blob and time that a reply may hold', () => {
    const values: Partial<Record<ShapeModel['type'], [unknown, unknown]>> = {
      blob: ['AP8=', new Uint8Array([0, 255])],
      timestamp: [1.5, new Date(1500)],
    };
    const sample = (shape: ShapeModel, side: 0 | 1): unknown => {
      if (shape.type === 'structure') return members(shape.members, side);
      if (shape.type === 'list') return [sample(shape.of, side)];
      return values[shape.type]?.[side] ?? null;
    };
    const members = (some: MemberModel[], side: 0 | 1): Record<string, unknown> =>
      Object.fromEntries(some.map(({ name, shape }) => [name, sample(shape, side)]));
    for (const { name, output } of [...operations, lookupEvents]) {
      expect(fromAwsJson(JSON.stringify(members(output, 0))), name).toEqual(members(output, 1));
    }
  });

  it('reads an empty body as an empty object, and refuses what is not one', () => {
    expect(fromAwsJson('')).toEqual({});
    expect(() => fromAwsJson('null')).toThrow(SyntaxError);
    expect(() => fromAwsJson('<html>')).toThrow(SyntaxError);
  });

  it('carries any bytes there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (Plaintext) => {
        expect(fromAwsJson(toAwsJson({ Plaintext }))).toEqual({ Plaintext });
      }),
    );
  });
});
