import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { DomainView } from '../../src/engine/hsm/hsm.ts';
import { day, plaintext, refusal, region, sealedSecret, statesOf, world } from './support.ts';

async function domain(cloud: Cloud): Promise<DomainView> {
  return (await cloud.view()).hsm.domains.find((one) => one.region === region)!;
}

async function online(cloud: Cloud): Promise<string[]> {
  return (await domain(cloud)).members.filter(({ place }) => place !== 'safe').map(({ name }) => name);
}

async function everybody(cloud: Cloud): Promise<string[]> {
  return (await domain(cloud)).operators.map(({ name }) => name);
}

describe('modules that fail', () => {
  test('one is not missed', async () => {
    const { cloud, ada } = await world();
    const { blob } = await sealedSecret(ada);
    const [first] = await online(cloud);
    const { summary } = await cloud.operate({ act: 'LoseModules', region, members: [first!] });
    expect(summary).toBe(`${first} of us-east-1 has lost its power; 2 of 3 modules left in service.`);
    expect((await ada.decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
    expect(await refusal(cloud, { act: 'TamperModule', region, member: first! })).toBe(
      `ActRefused: ${first} of us-east-1 had failed before; nothing has changed.`,
    );
  });

  test('with all of them the Region stands still, until a quorum has fetched the one from the safe', async () => {
    const { cloud, ada } = await world();
    const { blob } = await sealedSecret(ada);
    const members = await online(cloud);
    const { summary } = await cloud.operate({ act: 'LoseModules', region, members });
    expect(summary).toMatch(
      /none is left in service, but the one in the safe can still open the domain token\.$/,
    );
    for (const request of [ada.decrypt({ CiphertextBlob: blob }), ada.createKey({})]) {
      await expect(request).rejects.toMatchObject({
        name: 'KMSInternalException',
        message: 'No cryptographic module of this Region is in service.',
        $metadata: { httpStatusCode: 500 },
      });
    }
    // What no module is needed for goes on; and what is due waits, and is no defect.
    expect((await ada.listKeys({})).Keys).toHaveLength(1);
    await cloud.operate({ act: 'MoveClock', time: cloud.clock.now() + 3 * day });

    const member = members[0]!;
    expect(await refusal(cloud, { act: 'ReplaceModule', region, member, signers: [] })).toMatch(
      /^ActRefused: To replace a module from the safe takes .* more must sign\.$/,
    );
    const signers = await everybody(cloud);
    const replaced = await cloud.operate({ act: 'ReplaceModule', region, member, signers });
    expect(replaced.summary).toContain('the offline module, fetched from its safe, wrote domain token');
    expect((await ada.decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
    expect((await domain(cloud)).members.filter(({ state }) => state === 'in-service')).toHaveLength(1);
  });

  test('a domain key that could not be made is made once a module is there again', async () => {
    const { cloud, ada } = await world();
    await sealedSecret(ada);
    const members = await online(cloud);
    const { domainKeyId } = await domain(cloud);
    await cloud.operate({ act: 'LoseModules', region, members });
    await cloud.operate({ act: 'MoveClock', time: cloud.clock.now() + day });
    const signers = await everybody(cloud);
    await cloud.operate({ act: 'ReplaceModule', region, member: members[0]!, signers });
    expect((await domain(cloud)).domainKeyId).toBe(domainKeyId);
    await cloud.operate({ act: 'MoveClock', time: cloud.clock.now() + day });
    expect((await domain(cloud)).domainKeyId).not.toBe(domainKeyId);
  });

  test('an operator who is named twice has signed once', async () => {
    const { cloud, ada } = await world();
    await sealedSecret(ada);
    const [member = ''] = await online(cloud);
    await cloud.operate({ act: 'TamperModule', region, member });
    const act = { act: 'ReplaceModule', region, member } as const;
    expect(await refusal(cloud, { ...act, signers: ['Ines', 'Ines'] })).toMatch(/1 KMS operator more must/);
    const { summary } = await cloud.operate({ ...act, signers: ['Ines', 'Jonas', 'Ines'] });
    expect(summary).toContain('2 operators (Ines and Jonas) signed');
  });

  test('an opened case ends in zeroisation, and another member serves', async () => {
    const { cloud, ada } = await world();
    const { blob } = await sealedSecret(ada);
    const [first] = await online(cloud);
    const { summary } = await cloud.operate({ act: 'TamperModule', region, member: first! });
    expect(summary).toBe(
      `${first} of us-east-1 was opened and has zeroised itself; 2 of 3 modules left in service.`,
    );
    expect((await domain(cloud)).members.find(({ name }) => name === first)!.state).toBe('tampered');
    await ada.decrypt({ CiphertextBlob: blob });
  });

  test('with the offline one, too, all is lost for ever, though every copy is good', async () => {
    const { cloud, ada } = await world();
    const { keyArn, blob } = await sealedSecret(ada);
    const members = (await domain(cloud)).members.map(({ name }) => name);
    const { summary } = await cloud.operate({ act: 'LoseModules', region, members });
    expect(summary).toMatch(/every key of the Region is lost for ever\.$/);
    expect(await statesOf(cloud, keyArn)).toBe('good good good');
    await expect(ada.decrypt({ CiphertextBlob: blob })).rejects.toMatchObject({
      name: 'KMSInternalException',
    });
    const signers = await everybody(cloud);
    expect(await refusal(cloud, { act: 'ReplaceModule', region, member: members[0]!, signers })).toMatch(
      /lost for ever\.$/,
    );
  });

  test('unknown ones are refused', async () => {
    const { cloud, ada } = await world();
    expect(await refusal(cloud, { act: 'LoseModules', region, members: ['hsm-a'] })).toMatch(
      /no domain in us-east-1/,
    );
    await sealedSecret(ada);
    expect(await refusal(cloud, { act: 'LoseModules', region, members: ['hsm-x'] })).toBe(
      'ActRefused: The domain has no module hsm-x.',
    );
    const [member] = await online(cloud);
    expect(
      await refusal(cloud, {
        act: 'ReplaceModule',
        region,
        member: member!,
        signers: await everybody(cloud),
      }),
    ).toBe(`ActRefused: Module ${member} has not failed, so nothing takes its place.`);
    await cloud.operate({ act: 'TamperModule', region, member: member! });
    expect(
      await refusal(cloud, { act: 'ReplaceModule', region, member: member!, signers: ['Mallory'] }),
    ).toBe('ActRefused: The domain knows no operator Mallory.');
  });
});

describe('TryToTakeKeyOut', () => {
  test('tells each attempt, with the error of who refused it', async () => {
    const { cloud, ada } = await world();
    const { keyArn } = await sealedSecret(ada);
    const { attempts, summary } = await cloud.operate({ act: 'TryToTakeKeyOut', keyArn });
    expect(attempts!.length).toBeGreaterThan(3);
    const refused = attempts!.filter(({ outcome }) => outcome === 'refused');
    expect(summary).toMatch(
      new RegExp(`^Of ${attempts!.length} attempts to take the key out, ${refused.length} were`),
    );
    for (const { code } of attempts!) expect(code).not.toBe('');
  });

  test('is refused for a key that the storage layer has nothing of', async () => {
    const { cloud, ada } = await world();
    const { KeyMetadata } = await ada.createKey({ Origin: 'EXTERNAL' });
    const keyArn = KeyMetadata!.Arn!;
    expect(await refusal(cloud, { act: 'TryToTakeKeyOut', keyArn })).toBe(
      `ActRefused: The storage layer holds no good sealed key of ${keyArn}.`,
    );
  });
});
