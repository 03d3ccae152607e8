import type { Door } from '$lib/cloud/signed-client.ts';

/** The faces by which a learner works on the cloud. */
export type Face = 'console' | 'terminal' | 'code';

/** One request of a face, as it went over the wire. */
export interface MadeCall {
  /** Counts up in this page. */
  id: number;
  face: Face;
  /** Host's first label: `kms`, `sts`, `cloudtrail`. */
  service: string;
  /** `CreateKey` */
  operation: string;
  /** The request's JSON: blobs are base64, times seconds since the Unix epoch. */
  input: Record<string, unknown>;
  region: string;
  /** Absent when no answer came. */
  status?: number;
  requestId?: string;
  /** The reply's JSON, also where it is an error. */
  output?: Record<string, unknown>;
  /** Where the reply is an error: `NotFoundException`. */
  errorName?: string;
}

/** How many are kept; what is older is in the audit trail. */
const kept = 200;

/** What the faces of this page have asked of the cloud, oldest first. */
class MadeCalls {
  #calls = $state.raw<readonly MadeCall[]>([]);
  #lastId = 0;

  get all(): readonly MadeCall[] {
    return this.#calls;
  }

  /** The way to the cloud for one face: what goes through is noted, and nothing is changed. */
  door(face: Face, door: Door): Door {
    return {
      fetch: async (request) => {
        const call = { id: ++this.#lastId, face, ...(await asked(request)) };
        const response = await door.fetch(request);
        this.#add({ ...call, ...(await answered(response)) });
        return response;
      },
    };
  }

  clear(): void {
    this.#calls = [];
  }

  #add(call: MadeCall): void {
    this.#calls = [...this.#calls, call].slice(-kept);
  }
}

async function asked(
  request: Request,
): Promise<Pick<MadeCall, 'service' | 'operation' | 'region' | 'input'>> {
  const [service = '', region = ''] = new URL(request.url).hostname.split('.');
  const body = await request.clone().text();
  const target = request.headers.get('x-amz-target')?.replace(/^.*\./, '');
  // STS is asked by a form.
  const operation = target ?? new URLSearchParams(body).get('Action') ?? '';
  return { service, operation, region, input: jsonOf(body) };
}

async function answered(
  response: Response,
): Promise<Pick<MadeCall, 'status' | 'requestId' | 'output' | 'errorName'>> {
  const text = await response.clone().text();
  const output = jsonOf(text);
  const requestId = response.headers.get('x-amzn-requestid') ?? undefined;
  // STS answers in XML.
  const type = typeof output['__type'] === 'string' ? output['__type'] : /<Code>(\w+)</.exec(text)?.[1];
  return {
    status: response.status,
    output,
    ...(requestId !== undefined && { requestId }),
    ...(!response.ok && { errorName: type?.replace(/^.*#/, '') ?? 'UnknownError' }),
  };
}

/** Learners' programs may send anything. */
function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The calls of this page's faces. */
export const madeCalls = new MadeCalls();
