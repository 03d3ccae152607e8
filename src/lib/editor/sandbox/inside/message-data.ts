// Taken now: a program may put a getter of its own in the place of this one, and would be handed the event, and by it
// the port.
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to each event
const read = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!;
const apply = Reflect.apply;

/** What a message says, read past whatever a program has made of the prototypes. */
export function dataOf(event: MessageEvent): unknown {
  return apply(read, event, []);
}
