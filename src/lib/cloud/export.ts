import { toBase64 } from '$lib/envelope/base64.ts';
import { cloudTrailClient, recordOf } from './cloudtrail.ts';
import type { CloudConnection } from './connection.svelte.ts';
import type { Founding } from '$workers/protocol.ts';
import { kmsClient } from './kms.ts';
import { saveAs } from '$lib/files/save.ts';
import type { ClientOptions } from './signed-client.ts';
import { standIn } from './stand-in.ts';

/**
 * What a learner can take along: public state and the audit trail. Never key material, which no request
 * yields, nor access keys.
 */
export interface CloudExport {
  format: 'glass-kms-export';
  version: 1;
  /** ISO 8601. */
  exportedAt: string;
  region: string;
  /** `requests`: as the services answer. `records`: as stored, read because the cloud could not be opened. */
  source: 'requests' | 'records';
  keys: unknown[];
  aliases: unknown[];
  /** CloudTrail records, newest first when they come from requests. */
  auditTrail: unknown[];
}

const region = 'us-east-1';
const options: ClientOptions = { region, userAgent: 'glass-kms-export' };

/**
 * Exports, starts the download, and only then resets. Rejects, without having reset anything, when nothing can
 * be exported; the message is meant for the learner, who may still choose to reset.
 */
export async function exportAndReset(connection: CloudConnection, founding: Founding = {}): Promise<void> {
  const file = exportFile(await exportCloud(connection));
  saveAs(file, file.name);
  await connection.reset(founding);
}

/** Reads everything that can be exported, by requests that Ada signs where the cloud runs. */
export async function exportCloud(connection: CloudConnection): Promise<CloudExport> {
  await connection.start();
  const head = {
    format: 'glass-kms-export',
    version: 1,
    exportedAt: new Date().toISOString(),
    region,
  } as const;
  if (connection.status === 'failed') {
    return { ...head, source: 'records', ...(await connection.salvage()) };
  }
  return {
    ...head,
    source: 'requests',
    keys: await keysOf(connection),
    aliases: await aliasesOf(connection),
    auditTrail: await trailOf(connection),
  };
}

/** As a JSON file; bytes in it are base64. */
export function exportFile(exported: CloudExport): File {
  const bytesAsText = (_name: string, value: unknown): unknown =>
    value instanceof Uint8Array ? toBase64(value) : value;
  const name = `glass-kms-${exported.exportedAt.slice(0, 10)}.json`;
  return new File([JSON.stringify(exported, bytesAsText, 2)], name, { type: 'application/json' });
}

async function keysOf(connection: CloudConnection): Promise<unknown[]> {
  const kms = kmsClient(connection, ada(connection), options);
  const keys: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = await kms.call('ListKeys', { Limit: 1000, Marker });
    for (const { KeyId } of page.Keys ?? []) {
      keys.push((await kms.call('DescribeKey', { KeyId })).KeyMetadata);
    }
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return keys;
}

async function aliasesOf(connection: CloudConnection): Promise<unknown[]> {
  const kms = kmsClient(connection, ada(connection), options);
  const aliases: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = await kms.call('ListAliases', { Limit: 100, Marker });
    // AWS's own names for keys that nobody has needed yet lead nowhere.
    aliases.push(...(page.Aliases ?? []).filter(({ TargetKeyId }) => TargetKeyId !== undefined));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return aliases;
}

async function trailOf(connection: CloudConnection): Promise<unknown[]> {
  const trail = cloudTrailClient(connection, ada(connection), options);
  const records: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await trail.lookupEvents(NextToken === undefined ? {} : { NextToken });
    records.push(...page.Events.map(recordOf));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return records;
}

const ada = (connection: CloudConnection) => () => standIn(connection.identities, 'Ada');
