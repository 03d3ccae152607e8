import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario, ScenarioKey } from '../../src/engine/scenario/schema/scenario.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { cleanTrace } from '../../src/lib/share/clean-trace.ts';
import type { Shared } from '../../src/lib/share/contents.ts';
import { longestLink, shareHash, sharedIn } from '../../src/lib/share/link.ts';
import { readRecording } from '../../src/lib/glass/examples/recording.ts';
import { shareText } from '../../src/lib/strings/share.ts';
import recorded from '../../examples/allowed/recorded.json' with { type: 'json' };

const { trace } = readRecording(recorded) as { trace: TraceRecord };

const whole: Shared = {
  title: 'Envelope encryption',
  seed: 'class of 2026',
  scenario: {
    version: 1,
    accounts: [
      {
        accountId: '111122223333',
        principals: [{ type: 'User', name: 'Ada' }],
        keys: [{ aliases: ['alias/demo'] }],
      },
    ],
  },
  code: [{ name: 'main.ts', text: 'console.log("ä");\n' }],
  script: "aws kms list-keys --query 'Keys[0]'\n",
  trace: cleanTrace(trace),
};

/** A link with whatever is in it, as somebody else may write one. */
function linkOf(contents: string | Buffer, version = '1'): string {
  return `#share=${version}.${deflateRawSync(contents).toString('base64url')}`;
}

const scenarioOf = (key: ScenarioKey, count: number): Scenario => ({
  version: 1,
  accounts: [{ accountId: '111122223333', principals: [], keys: Array.from({ length: count }, () => key) }],
});

const linkWith = (contents: unknown) => linkOf(JSON.stringify(contents));

describe('a shared link', () => {
  it('gives back what was put in', async () => {
    const hash = await shareHash(whole);
    expect(await sharedIn(hash)).toEqual(whole);
    expect(hash.length).toBeLessThan(12_000);
    expect(hash).toMatch(/^#share=1\.[\w-]+$/);
  });

  it('gives back any code, script and title that can be put in', async () => {
    const shown = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((text) => text.replace(/(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, ''));
    await fc.assert(
      fc.asyncProperty(
        fc.record({ title: shown, text: shown, script: shown }),
        async ({ title, text, script }) => {
          const shared: Shared = { title, code: [{ name: 'a.ts', text }], script: `# ${script}` };
          expect(await sharedIn(await shareHash(shared))).toEqual(shared);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is never made too long', async () => {
    const text = Buffer.from(crypto.getRandomValues(new Uint8Array(48_000))).toString('base64');
    const most = shareHash({ code: [{ name: 'a.ts', text }] });
    await expect(most).rejects.toThrow(shareText.tooMuch);
    const file = 'x'.repeat(200_000);
    const long = Array.from({ length: 6 }, (_, index) => ({ name: `a${index}.ts`, text: file }));
    await expect(shareHash({ code: long })).rejects.toThrow(shareText.tooMuch);
    await expect(shareHash({ scenario: scenarioOf({}, 201) })).rejects.toThrow(shareText.tooMuch);
  });

  it('has no session token of a request', () => {
    const token = 'FwoGZXIvYXdzEXAMPLE';
    const [first, ...others] = trace.steps;
    const steps = [
      {
        ...first!,
        fields: [
          { name: 'Headers', direction: 'in', value: { 'x-amz-security-token': token, host: 'kms' } },
          {
            name: 'Canonical request',
            direction: 'in',
            value: `POST\n/\nhost:kms\nx-amz-security-token:${token}\n\n`,
          },
          { name: 'Session token', direction: 'in', value: token },
        ],
      },
      ...others,
    ] as TraceRecord['steps'];
    const cleaned = JSON.stringify(cleanTrace({ ...trace, steps }));
    expect(cleaned).not.toContain(token);
    expect(cleaned).toContain('host:kms');
  });
});

describe('a link is refused', () => {
  it.each([
    ['with nothing in it', '#share=', shareText.damaged],
    ['without a version', '#share=abc', shareText.damaged],
    ['of another version', linkOf('{}', '2'), shareText.otherVersion],
    ['that is no base64', '#share=1.a', shareText.damaged],
    [
      'that is not compressed',
      `#share=1.${Buffer.from('{"seed":"a"}').toString('base64url')}`,
      shareText.damaged,
    ],
    ['that is too long', `#share=1.${'A'.repeat(longestLink)}`, shareText.tooLong],
    ['that unfolds to a hundred megabytes', linkOf(Buffer.alloc(40_000_000)), shareText.bomb],
    ['that is no UTF-8', linkOf(Buffer.from([0x22, 0xff, 0x22])), shareText.unfit],
    ['that is no JSON', linkOf('seed'), shareText.unfit],
    ['of a number', linkOf('1'), shareText.unfit],
    ['of brackets without end', linkOf('['.repeat(900_000)), shareText.unfit],
    ['that is deep', linkOf(`{"trace":${'['.repeat(500)}${']'.repeat(500)}}`), shareText.unfit],
    ['that sets a prototype', linkOf('{"seed":"a","__proto__":{"isAdmin":true}}'), shareText.unfit],
    ['with a constructor', linkOf('{"seed":"a","constructor":{"prototype":{"x":1}}}'), shareText.unfit],
    ['with a member that is not known', linkWith({ seed: 'a', run: true }), shareText.unfit],
    ['with a title alone', linkWith({ title: 'nothing' }), shareText.unfit],
    ['with a seed that is no text', linkWith({ seed: { toString: 'a' } }), shareText.unfit],
    ['with a scenario that is none', linkWith({ scenario: { version: 1, accounts: [] } }), shareText.unfit],
    [
      'with a scenario of many keys',
      linkWith({ scenario: scenarioOf({ spec: 'RSA_4096' }, 201) }),
      shareText.unfit,
    ],
    [
      'with text that runs backwards in its scenario',
      linkWith({ scenario: scenarioOf({ description: '\u202e' }, 1) }),
      shareText.unfit,
    ],
    ['with an empty list of files', linkWith({ code: [] }), shareText.unfit],
    ['with two files of one name', linkWith({ code: [file('a.ts'), file('a.ts')] }), shareText.unfit],
    ['with a file outside', linkWith({ code: [file('../a.ts')] }), shareText.unfit],
    ['with a hidden file', linkWith({ code: [file('.npmrc.ts')] }), shareText.unfit],
    ['with a file of another kind', linkWith({ code: [file('a.html')] }), shareText.unfit],
    ['with a file of an absolute path', linkWith({ code: [file('/a.ts')] }), shareText.unfit],
    [
      'with orders for a terminal in its script',
      linkWith({ script: 'ls\u001b]52;c;aGk=\u0007' }),
      shareText.unfit,
    ],
    ['with a return in its script', linkWith({ script: 'ls\rrm' }), shareText.unfit],
    [
      'with text that runs backwards',
      linkWith({ code: [{ name: 'a.ts', text: '/* \u202e */' }] }),
      shareText.unfit,
    ],
    ['with a trace of another form', linkWith({ trace: { requestId: '<script>' } }), shareText.unfit],
  ])('%s', async (_name, hash, message) => {
    const refused = await sharedIn(hash).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ShareRefused', message });
    expect({}).not.toHaveProperty('isAdmin');
  });

  it('whatever part of a trace is of another kind, or too much', async () => {
    const written = JSON.parse(JSON.stringify({ ...whole.trace, steps: [] })) as object;
    const step = { station: 'hsm', title: 'a', fields: [], outcome: 'ok' };
    const steps: unknown[] = [
      [],
      [{ ...step, station: 'constructor' }],
      [{ ...step, outcome: 'maybe' }],
      [{ ...step, title: { html: '<img>' } }],
      [{ ...step, fields: [{ name: 'a', direction: 'sideways', value: 1 }] }],
      [{ ...step, fields: [{ name: 'a', direction: 'in', value: 1, layout: 'other' }] }],
      [{ ...step, fields: [{ name: 'a', direction: 'in', value: 1, onclick: 'x' }] }],
      Array.from({ length: 201 }, () => step),
    ];
    for (const one of steps) {
      await expect(sharedIn(linkWith({ trace: { ...written, steps: one } }))).rejects.toThrow(
        shareText.unfit,
      );
    }
    const fine = linkWith({ trace: { ...written, steps: [step] } });
    expect((await sharedIn(fine)).trace?.steps).toHaveLength(1);
  });

  it('whatever it is, with nothing but words for the reader', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json().map((text) => linkOf(text)),
          fc.webFragments(),
          fc.string(),
        ),
        async (hash) => {
          const outcome = await sharedIn(hash).catch((error: unknown) => error);
          expect((outcome as Error).name).toBe('ShareRefused');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes script in its texts for texts', async () => {
    const text = '<img src=x onerror=alert(1)>{@html "<script>"}';
    const shared: Shared = { title: text, seed: text, script: text, code: [{ name: 'a.ts', text }] };
    expect(await sharedIn(linkWith(shared))).toEqual(shared);
  });
});

function file(name: string) {
  return { name, text: '' };
}
