import { AwsError } from '../../errors/aws-error.ts';

/** ISO 8601 basic format, as in `X-Amz-Date`: `20261001T080511Z`. */
export function basicTime(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export interface SigningTime {
  /** In ISO 8601 basic format: this is what was signed. */
  text: string;
  /** Milliseconds since the Unix epoch. */
  time: number;
}

const basicForm = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** Reads `X-Amz-Date`, or a Date header, which may be in HTTP's own format (RFC 9110 §5.6.7) too. */
export function signingTime(header: string): SigningTime {
  const parts = basicForm.exec(header);
  const time = parts
    ? Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`)
    : /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(header)
      ? Date.parse(header)
      : NaN;
  if (Number.isNaN(time)) {
    throw new AwsError(
      'IncompleteSignatureException',
      `Date must be in ISO-8601 'basic format'. Got '${header}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return { text: parts ? header : basicTime(time), time };
}

/** How far the client's clock may be off. */
const toleranceMinutes = 5;
const tolerance = toleranceMinutes * 60_000;

/** Refuses a signature that is more than five minutes old or early. `now` by the cloud's clock. */
export function checkFresh(signed: SigningTime, now: number): void {
  // Signing times have whole seconds; so has the clock that they are held against.
  const clock = Math.floor(now / 1000) * 1000;
  if (signed.time < clock - tolerance) {
    throw new AwsError(
      'InvalidSignatureException',
      `Signature expired: ${signed.text} is now earlier than ${basicTime(clock - tolerance)} ` +
        `(${basicTime(clock)} - ${toleranceMinutes} min.)`,
    );
  }
  if (signed.time > clock + tolerance) {
    throw new AwsError(
      'InvalidSignatureException',
      `Signature not yet current: ${signed.text} is still later than ${basicTime(clock + tolerance)} ` +
        `(${basicTime(clock)} + ${toleranceMinutes} min.)`,
    );
  }
}
