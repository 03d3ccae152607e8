/** The parts of an absolute URL that a signed request speaks of. Cut, not parsed: `Request` has normalised it. */
export interface UrlParts {
  /** Host and port, as in a Host header. */
  authority: string;
  /** Percent-encoded, with its leading slash. */
  path: string;
  /** Percent-encoded, without the question mark. */
  query: string;
}

export function urlParts(url: string): UrlParts {
  const start = url.indexOf('://') + 3;
  const fragment = url.indexOf('#', start);
  const end = fragment < 0 ? url.length : fragment;
  const question = url.indexOf('?', start);
  const hasQuery = question >= 0 && question < end;
  const pathEnd = hasQuery ? question : end;
  const slash = url.indexOf('/', start);
  const authorityEnd = slash >= 0 && slash < pathEnd ? slash : pathEnd;
  const userInfo = url.lastIndexOf('@', authorityEnd);
  return {
    authority: url.slice(userInfo >= start ? userInfo + 1 : start, authorityEnd),
    path: authorityEnd === pathEnd ? '/' : url.slice(authorityEnd, pathEnd),
    query: hasQuery ? url.slice(question + 1, end) : '',
  };
}
