import { describe, expect, it } from 'vitest';
import { madeCalls } from '../../src/lib/playground/calls.svelte.ts';

/** What is noted of one request, and its answer. */
async function noted(request: Request, response: Response) {
  const door = madeCalls.door('terminal', { fetch: () => Promise.resolve(response) });
  expect(await (await door.fetch(request)).text()).not.toBe('gone');
  return madeCalls.all.at(-1);
}

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  new Request(url, { method: 'POST', body, headers });

describe('what a face asked', () => {
  it('is noted with its answer', async () => {
    const request = post('https://kms.eu-west-1.amazonaws.com/', '{"KeyId":"a"}', {
      'x-amz-target': 'TrentService.DescribeKey',
    });
    const answer = { __type: 'com.amazonaws#NotFoundException', message: 'No.' };
    const response = Response.json(answer, { status: 400, headers: { 'x-amzn-requestid': 'r' } });
    expect(await noted(request, response)).toMatchObject({
      ...{ face: 'terminal', service: 'kms', operation: 'DescribeKey', region: 'eu-west-1' },
      ...{ input: { KeyId: 'a' }, status: 400, requestId: 'r', errorName: 'NotFoundException' },
    });
  });

  it('is understood in the query protocol, too', async () => {
    const request = () =>
      post('https://sts.us-east-1.amazonaws.com/', 'Action=GetCallerIdentity&Version=2011-06-15');
    expect(await noted(request(), new Response('<Ok/>'))).toMatchObject({
      ...{ service: 'sts', operation: 'GetCallerIdentity', input: {}, status: 200 },
    });
    const refused = new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 });
    expect(await noted(request(), refused)).toMatchObject({ errorName: 'AccessDenied' });
  });

  it('may be anything', async () => {
    const request = post('https://kms.us-east-1.amazonaws.com/', '[1', { 'x-amz-target': 'TrentService.X' });
    expect(await noted(request, new Response('no JSON', { status: 500 }))).toMatchObject({
      ...{ operation: 'X', input: {}, output: {}, errorName: 'UnknownError' },
    });
  });
});
