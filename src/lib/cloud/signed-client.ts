import type { Identity } from '$engine/observation.ts';
import { fromAwsJson, toAwsJson } from './aws-json.ts';
import { signedRequest } from './signed-request.ts';

/** Where signed requests go; the connection's `fetch`. */
export interface Door {
  fetch(request: Request): Promise<Response>;
}

/** Who signs; asked anew for each request. */
export type Signer = () => Identity | undefined;

export interface ClientOptions {
  /** `us-east-1` unless told. */
  region?: string;
  /** What the audit trail shows as the caller's program. */
  userAgent?: string;
}

/** What the SDKs give with each reply. */
export interface ReplyMetadata {
  httpStatusCode: number;
  requestId: string | undefined;
}

export type Reply = Record<string, unknown> & { $metadata: ReplyMetadata };

/** An error that the service answered with, under AWS's own name. */
export class AwsFault extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly requestId: string | undefined,
    readonly status: number,
  ) {
    super(message);
  }
}

/** A service that speaks AWS JSON. */
export interface Target {
  /** In the host name and in the credential scope: `kms`. */
  service: string;
  /** `TrentService` */
  targetPrefix: string;
}

/** As often as the AWS SDKs' standard mode: the first attempt and two more. */
const attempts = 3;

/** AWS's tolerance is five minutes; well before that the client sets its watch by the service's. */
const tolerableSkew = 60_000;

/**
 * A client of one AWS service: signs with Signature Version 4, and sends to where AWS would have it. The
 * request has no other way than anybody else's.
 */
export class SignedClient {
  readonly #door: Door;
  readonly #signer: Signer;
  readonly #target: Target;
  readonly #region: string;
  readonly #userAgent: string;
  /** How far the service's clock is ahead of ours, in milliseconds. */
  #skew = 0;

  constructor(door: Door, signer: Signer, target: Target, options: ClientOptions = {}) {
    this.#door = door;
    this.#signer = signer;
    this.#target = target;
    this.#region = options.region ?? 'us-east-1';
    this.#userAgent = options.userAgent ?? 'glass-kms-page';
  }

  /**
   * Sends one operation.
   * @throws AwsFault as the service answers; TypeError when the cloud cannot be reached
   */
  async send(operation: string, input: object): Promise<Reply> {
    const body = toAwsJson(input);
    for (let attempt = 1; ; attempt++) {
      const skew = this.#skew;
      try {
        return await this.#sendOnce(operation, body);
      } catch (error) {
        // A broken connection, or a watch that this reply has just set right: worth another try.
        const isWorthIt = error instanceof TypeError || (error instanceof AwsFault && this.#skew !== skew);
        if (attempt === attempts || !isWorthIt) throw error;
      }
    }
  }

  async #sendOnce(operation: string, body: string): Promise<Reply> {
    const response = await this.#door.fetch(await this.#signed(operation, body));
    this.#setWatch(response);
    const requestId = response.headers.get('x-amzn-requestid') ?? undefined;
    const members = fromAwsJson(await response.text());
    if (response.ok) return { ...members, $metadata: { httpStatusCode: response.status, requestId } };
    const { __type: type, message, Message } = members;
    const name = textOf(type).replace(/^.*#/, '') || 'UnknownError';
    // AWS's services write it in either way.
    throw new AwsFault(name, textOf(message) || textOf(Message), requestId, response.status);
  }

  async #signed(operation: string, body: string): Promise<Request> {
    const identity = this.#signer();
    if (!identity) throw new Error('There is nobody to sign the request');
    const { service, targetPrefix } = this.#target;
    return signedRequest(identity, {
      service,
      region: this.#region,
      time: Date.now() + this.#skew,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${targetPrefix}.${operation}`,
        'x-amz-user-agent': this.#userAgent,
      },
      body,
    });
  }

  #setWatch(response: Response): void {
    const time = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(time)) return;
    const skew = time - Date.now();
    if (Math.abs(skew - this.#skew) > tolerableSkew) this.#skew = skew;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
