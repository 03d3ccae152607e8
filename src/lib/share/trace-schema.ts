import * as v from 'valibot';
import { stations, type JsonValue, type Station } from '$engine/trace/trace.ts';

/**
 * A trace as it may come with a link. It is drawn by the glass, which escapes all text; so what matters is that each
 * part is of the kind that the glass takes it for, and that there is not too much of it.
 */

/** What a terminal takes for orders, and what makes text run backwards, so that it reads as another (UTS 55, §4.1). */
const hiddenSigns = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

export const nothingHidden = (text: string): boolean => !hiddenSigns.test(text);

const line = v.pipe(v.string(), v.maxLength(2048), v.check(nothingHidden));
const word = v.pipe(v.string(), v.maxLength(256), v.check(nothingHidden));
const long = v.pipe(v.string(), v.maxLength(65_536));

const json: v.GenericSchema<JsonValue> = v.lazy(() =>
  v.union([v.null(), long, v.number(), v.boolean(), v.array(json), v.record(word, json)]),
);

const fieldSchema = v.strictObject({
  name: word,
  value: v.union([v.instance(Uint8Array), json]),
  direction: v.picklist(['in', 'out']),
  layout: v.exactOptional(v.literal('ciphertext-blob')),
});

const stepSchema = v.strictObject({
  station: v.picklist(Object.keys(stations) as Station[]),
  title: line,
  fields: v.pipe(v.array(fieldSchema), v.maxLength(100)),
  outcome: v.picklist(['ok', 'refused']),
});

export const traceSchema = v.strictObject({
  requestId: v.pipe(v.string(), v.uuid()),
  eventId: v.exactOptional(v.pipe(v.string(), v.uuid())),
  service: word,
  operation: word,
  principalArn: v.exactOptional(line),
  keyArn: v.exactOptional(line),
  userAgent: line,
  time: v.pipe(v.number(), v.minValue(0), v.maxValue(8_640_000_000_000_000)),
  status: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
  errorName: v.exactOptional(word),
  errorMessage: v.exactOptional(line),
  steps: v.pipe(v.array(stepSchema), v.minLength(1), v.maxLength(200)),
});
