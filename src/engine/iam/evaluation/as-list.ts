/** Policy documents write a list of one as the bare element. */
export function asList<Element>(value: Element | readonly Element[] | undefined): readonly Element[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Element[]) : [value as Element];
}
