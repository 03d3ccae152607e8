import type { DomainView, FleetRefusal, FleetResult, Hsm, MemberView } from '../../src/engine/hsm/hsm.ts';

export const region = 'us-east-1';

export async function domainOf(hsm: Hsm, of = region): Promise<DomainView> {
  const domain = (await hsm.view()).domains.find((one) => one.region === of);
  if (domain === undefined) throw new Error(`No domain in ${of}`);
  return domain;
}

export async function memberOf(hsm: Hsm, name: string): Promise<MemberView> {
  return (await domainOf(hsm)).members.find((member) => member.name === name)!;
}

/** The output of an operator's command that must have been carried out. */
export function carriedOut<Output>(result: FleetResult<Output>): { ok: true } & Output {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.reason}`);
  return result;
}

export function whyNot(result: FleetResult<unknown>): FleetRefusal {
  if (result.ok) throw new Error('Not refused');
  return result.refusal;
}

export const online = ['hsm-a', 'hsm-b', 'hsm-c'];
export const twoOperators = ['Ines', 'Jonas'];
export const bothTeams = ['Ines', 'Lena'];
