import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEndpointCloud } from '../../src/endpoint/open-endpoint-cloud.ts';
import { readFlags } from '../../src/endpoint/flags.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test('a cloud that cannot be closed properly lets go of its directory all the same', async () => {
  const data = join(await temporaryDirectory(), 'data');
  const { cloud, close } = await openEndpointCloud(readFlags(['--data', data])!, undefined);
  const closeCloud = cloud.close.bind(cloud);
  cloud.close = async () => {
    await closeCloud();
    throw new Error('defect');
  };
  await access(join(data, 'lock'));
  await expect(close()).rejects.toThrow('defect');
  await expect(access(join(data, 'lock'))).rejects.toThrow('ENOENT');
});
