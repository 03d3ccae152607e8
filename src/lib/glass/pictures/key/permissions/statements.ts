/** One statement of a key policy, to be read. */
export interface PolicyLine {
  sid?: string;
  effect: 'Allow' | 'Deny';
  /** `anyone but` where the statement has a NotPrincipal. */
  who: { except: boolean; principals: string[] };
  what: { except: boolean; actions: string[] };
  conditions: { operator: string; key: string; values: string[] }[];
}

/** The statements of a key policy; `undefined` for what cannot be read as one. */
export function policyLines(text: string): PolicyLine[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  if (Statement === undefined) return undefined;
  return list(Statement).map((statement) => lineOf(statement as Record<string, unknown>));
}

function lineOf(statement: Record<string, unknown>): PolicyLine {
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Condition } = statement;
  return {
    ...(typeof Sid === 'string' && { sid: Sid }),
    effect: Effect === 'Deny' ? 'Deny' : 'Allow',
    who: { except: NotPrincipal !== undefined, principals: principalsIn(NotPrincipal ?? Principal) },
    what: { except: NotAction !== undefined, actions: texts(NotAction ?? Action) },
    conditions: Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>).flatMap(
      ([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => ({ operator, key, values: texts(values) })),
    ),
  };
}

function principalsIn(principal: unknown): string[] {
  if (principal === null || typeof principal !== 'object') return texts(principal);
  return Object.values(principal).flatMap(texts);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const texts = (value: unknown): string[] =>
  value === undefined
    ? []
    : list(value).map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
