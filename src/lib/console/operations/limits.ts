import type { ShapeModel } from '$lib/operations/model.ts';
import { operationsText } from '$lib/strings/console-more.ts';

const words = operationsText.constraints;

/** A shape's constraints in a few words; '' for none. */
export function limitsOf(shape: ShapeModel): string {
  switch (shape.type) {
    case 'string':
      return [
        ...(shape.values || (shape.min === undefined && shape.max === undefined)
          ? []
          : [words.length(shape.min, shape.max, 'characters')]),
        ...(shape.pattern === undefined ? [] : [words.pattern(shape.pattern)]),
      ].join('; ');
    case 'blob':
      return shape.min === undefined && shape.max === undefined
        ? ''
        : words.length(shape.min, shape.max, 'bytes');
    case 'integer':
      return words.range(shape.min, shape.max);
    case 'list':
      return shape.min === undefined && shape.max === undefined ? '' : words.items(shape.min, shape.max);
    case 'timestamp':
      return words.timestamp;
    default:
      return '';
  }
}
