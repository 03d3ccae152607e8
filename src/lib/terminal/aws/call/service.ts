import type { ShapeModel } from '$lib/operations/model.ts';
import { cloudTrailTarget } from '$lib/cloud/cloudtrail.ts';
import { kmsTarget } from '$lib/cloud/kms.ts';
import { AwsFault, SignedClient } from '$lib/cloud/signed-client.ts';
import { askCallerIdentity } from '$lib/cloud/sts.ts';
import type { Identity } from '$engine/observation.ts';
import { CliFailure, exitCodes } from '../failure.ts';
import { isMap, type AwsIo, type Value, type Values } from '../io.ts';

/** How AWS names its Regions. */
const regionNames =
  /^(us|us-gov|eu|ap|sa|ca|me|af|il|mx|cn)-(central|north|south|(north|south)?(east|west))-[1-9]$/;

export interface Caller {
  identity: Identity | undefined;
  region: string;
}

export type ServiceName = 'kms' | 'cloudtrail' | 'sts';

/** What the audit trail shows as the program. */
const userAgent = 'aws-cli/2.9.19 glass-kms-terminal';

/**
 * Sends one operation, signed, as any client does.
 * @throws CliFailure as the AWS CLI tells of errors
 */
export async function callService(
  io: AwsIo,
  { identity, region }: Caller,
  service: ServiceName,
  operation: string,
  input: Values,
): Promise<Values> {
  if (!identity) throw noCredentials();
  if (!regionNames.test(region)) throw noSuchRegion(service, region);
  try {
    if (service === 'sts') return { ...(await askCallerIdentity(io.door, identity, { region, userAgent })) };
    const target = service === 'kms' ? kmsTarget : cloudTrailTarget;
    const client = new SignedClient(io.door, () => identity, target, { region, userAgent });
    const { $metadata: _, ...reply } = await client.send(operation, input);
    return reply as Values;
  } catch (error) {
    throw failureOf(error, operation);
  }
}

function noCredentials(): CliFailure {
  return new CliFailure(
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    exitCodes.configuration,
  );
}

/** The cloud would serve it; AWS has no host there, and who mistypes a Region's name must not find it empty. */
function noSuchRegion(service: ServiceName, region: string): CliFailure {
  return new CliFailure(
    `Could not connect to the endpoint URL: "https://${service}.${region}.amazonaws.com/"`,
    exitCodes.anythingElse,
  );
}

function failureOf(error: unknown, operation: string): CliFailure {
  if (error instanceof AwsFault) {
    const { name, message } = error;
    return new CliFailure(
      `An error occurred (${name}) when calling the ${operation} operation: ${message}`,
      exitCodes.service,
    );
  }
  return new CliFailure((error as Error).message, exitCodes.anythingElse);
}

/** The reply's members in the order of AWS's model, in which the AWS CLI prints them. */
export function inModelOrder(members: readonly { name: string; shape: ShapeModel }[], reply: Values): Values {
  const found = members.filter(({ name }) => reply[name] !== undefined);
  return Object.fromEntries(found.map(({ name, shape }) => [name, ordered(shape, reply[name]!)]));
}

function ordered(shape: ShapeModel, value: Value): Value {
  if (shape.type === 'structure' && isMap(value)) return inModelOrder(shape.members, value);
  if (shape.type === 'list' && Array.isArray(value)) {
    return value.map((item: Value) => ordered(shape.of, item));
  }
  return value;
}
