import { CliFailure, exitCodes } from '../failure.ts';
import { pythonRepr } from '../python.ts';

/** `int(text)` */
export function toInteger(text: string): number {
  if (/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) return Number(text.replaceAll('_', ''));
  throw new CliFailure(`invalid literal for int() with base 10: ${pythonRepr(text)}`, exitCodes.anythingElse);
}

/**
 * A blob that was given as text. Like Python's `b64decode`, it passes over what is no Base64 character and
 * minds the padding.
 */
export function fromBase64Text(text: string): Uint8Array {
  // eslint-disable-next-line no-control-regex -- All of ASCII.
  if (/[^\u0000-\u007f]/.test(text)) {
    throw new CliFailure('string argument should contain only ASCII characters', exitCodes.anythingElse);
  }
  const digits = text.replace(/[^A-Za-z0-9+/=]/g, '');
  const [, body = '', padding = ''] = /^([^=]*)(=*)/.exec(digits) ?? [];
  const wanted = (4 - (body.length % 4)) % 4;
  if (wanted === 3 || padding.length < wanted) {
    throw new CliFailure(`Invalid base64: "${text}"`, exitCodes.anythingElse);
  }
  return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
}
