import { uuid } from '../clock/randomness.ts';
import { AwsError } from '../errors/aws-error.ts';
import { accessKeys, principals } from '../iam/tables.ts';
import { toAwsError } from './failure.ts';
import { understand, type Wanted } from './front-door.ts';
import { localAddress, type Gateway, type GatewayOptions } from './gateway-options.ts';
import { freshTrace, traceOf, userAgentOf, type Journey } from './journey.ts';
import { queryFailure, querySuccess, speaksQuery } from './query.ts';
import { addressed, failure, success, toResponse, type Reply, type WireReply } from './reply.ts';
import type { AddLater, Call, JsonObject } from '../service/service.ts';
import { authenticator, type Authenticated } from './sigv4/authenticate.ts';
import { trusting } from './sigv4/take-on-trust.ts';
import { incomingFetch, readRequest, type Incoming } from './wire.ts';

/**
 * The gateway: HTTP request in, HTTP response out. It understands AWS JSON 1.1 and the query protocol, verifies the signature, runs one
 * operation in one transaction, and sees to it that the call is written into the audit trail. Calls whose
 * signature is refused leave no audit record: CloudTrail has none of them either.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { vault, clock, randomness, recorder, observer, throttle } = options;
  const { wallClock = clock, auth = { mode: 'strict' }, sourceIp = localAddress } = options;
  const onDefect = options.onDefect ?? ((defect: unknown) => console.error(defect));
  const services = new Map(options.services.map((service) => [service.targetPrefix, service]));
  const authenticate = auth.mode === 'open' ? trusting(vault, auth.accountId) : authenticator(vault);

  return {
    answer,
    handle: async (request) => toResponse(await answer(incomingFetch(request))),
  };

  async function answer(incoming: Incoming): Promise<WireReply> {
    const watched = observer?.watching ?? false;
    const requestId = uuid(randomness);
    const time = clock.now();
    const journey: Journey = { requestId, time, incoming, evidence: {}, inside: [] };
    let reply: Reply;
    let error: AwsError | undefined;
    try {
      reply = succeeded(journey, await serve(journey, watched));
    } catch (thrown) {
      error = toAwsError(thrown, requestId, onDefect);
      reply = failed(journey, error);
    }
    if (watched) tell(journey, reply, error);
    return addressed(reply, requestId, wallClock.now());
  }

  async function serve(journey: Journey, watched: boolean): Promise<JsonObject> {
    const wire = (journey.wire = await readRequest(journey.incoming));
    const wanted = (journey.wanted = understand(wire, services));
    const who = authenticate(wire, wanted.service.signingName, wallClock.now(), journey.evidence);
    journey.caller = who.caller;
    return run(journey, wanted, who, watched);
  }

  /** Runs the operation and writes the audit record: a mutation's with its work, any other on its own. */
  async function run(
    journey: Journey,
    wanted: Wanted,
    who: Authenticated,
    watched: boolean,
  ): Promise<JsonObject> {
    const { requestId, time, incoming } = journey;
    const { service, operation, readOnly, input } = wanted;
    const userAgent = userAgentOf(incoming);
    const addLater: AddLater = (table, key, value) => vault.addLater(requestId, table, key, value);
    let call: Call | undefined;
    try {
      const output = await vault.transact(requestId, async (transaction) => {
        const trace = freshTrace(watched);
        if (trace.steps) journey.inside = trace.steps;
        const isFirstRun = call === undefined;
        call = { requestId, time, ...who, sourceIp, userAgent, trace, transaction, audit: {} };
        if (isFirstRun && throttle?.(call, operation)) throw throttled();
        const result = await service.invoke(operation, input, call);
        if (!readOnly) {
          const { own, elsewhere } = recorder.record({ call, service, operation, readOnly });
          for (const { key, record } of [own, ...elsewhere]) transaction.put(recorder.table, key, record);
          journey.record = own.record;
        }
        return result;
      });
      if (readOnly) writeDown(journey, call!, wanted);
      service.completed?.(operation, call!, journey.record!.eventID, addLater);
      return output;
    } catch (thrown) {
      const error = toAwsError(thrown, requestId, onDefect);
      if (call) writeDown(journey, call, wanted, error);
      throw error;
    } finally {
      if (call?.keyArn !== undefined) journey.keyArn = call.keyArn;
    }
  }

  function writeDown(
    journey: Journey,
    call: Call,
    { service, operation, readOnly }: Wanted,
    error?: AwsError,
  ) {
    const finished = { call, service, operation, readOnly, ...(error && { error }) };
    const { own, elsewhere } = recorder.record(finished);
    for (const { key, record } of [own, ...elsewhere]) {
      vault.addLater(journey.requestId, recorder.table, key, record);
    }
    journey.record = own.record;
  }

  /** Whoever watches must not be able to harm the request. */
  function tell(journey: Journey, reply: Reply, error: AwsError | undefined): void {
    try {
      const { accessKeyId } = journey.evidence;
      const key = accessKeyId === undefined ? undefined : vault.get(accessKeys, accessKeyId);
      const claimant = key && vault.get(principals, key.principalArn)?.name;
      if (claimant !== undefined) journey.claimant = claimant;
      observer?.take(traceOf(journey, reply, error));
    } catch (defect) {
      onDefect(defect, journey.requestId);
    }
  }
}

/** Each service is answered in the protocol that it speaks. */
function succeeded({ wanted, requestId }: Journey, output: JsonObject): Reply {
  const { service, operation } = wanted!;
  return speaksQuery(service) ? querySuccess(service, operation, output, requestId) : success(output);
}

function failed({ wanted, requestId }: Journey, error: AwsError): Reply {
  const service = wanted?.service;
  return speaksQuery(service) ? queryFailure(service, error, requestId) : failure(error);
}

/** KMS Developer Guide, "Throttling AWS KMS requests". */
function throttled(): AwsError {
  return new AwsError(
    'ThrottlingException',
    'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  );
}
