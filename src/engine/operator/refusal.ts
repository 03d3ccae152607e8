import type { FleetRefusal, Quorum } from '../hsm/hsm.ts';
import { ActRefused } from './act.ts';
import { counted, listed } from './words.ts';

/** Why the modules would not do it, in a sentence. */
export function refusedByModules(refusal: FleetRefusal): ActRefused {
  return new ActRefused(sentence(refusal));
}

function sentence(refusal: FleetRefusal): string {
  switch (refusal.reason) {
    case 'UNKNOWN_DOMAIN':
      return `There is no domain in ${refusal.region}: it begins with the first key that is made there.`;
    case 'UNKNOWN_MEMBER':
      return `The domain has no module ${refusal.member}.`;
    case 'UNKNOWN_OPERATOR':
      return `The domain knows no operator ${refusal.operator}.`;
    case 'MEMBER_IN_SERVICE':
      return `Module ${refusal.member} has not failed, so nothing takes its place.`;
    case 'NOT_ENOUGH_SIGNATURES':
      return `To ${refusal.command} takes ${quorum(refusal.needs)}; ${quorum(refusal.missing)} more must sign.`;
    case 'MODULE_UNAVAILABLE':
      return `No module of ${refusal.region} is in service. Replace one first.`;
    case 'DOMAIN_LOST':
      return `No module is left that could open the domain token of ${refusal.region}: all that its domain keys have sealed is lost for ever.`;
  }
}

function quorum(roles: Quorum): string {
  return listed(Object.entries(roles).map(([role, count]) => counted(count, role)));
}
