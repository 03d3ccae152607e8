import type { AuthorizationRequest, Decision } from './types.ts';

/** The shape of `authorize`. */
export type Authorize = (request: AuthorizationRequest) => Decision;
