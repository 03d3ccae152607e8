import { isServicePrincipal, principalExists } from '$engine/iam/existing-principals.ts';
import type { Reader } from '$engine/vault/vault.ts';
import { policyLint as text } from '$lib/strings/policy-lint.ts';
import { nearest } from '../knowledge/near.ts';
import type { Finding, PolicyWorld } from './finding.ts';
import { allows, conditions, named, type Span, type WrittenPolicy, type WrittenStatement } from './read.ts';

/** Whom the policy speaks of. */
export function principalRules(policy: WrittenPolicy, world: PolicyWorld): Finding[] {
  return policy.statements.flatMap((statement) => [
    ...unknownOnes(statement, world),
    ...everybody(statement),
    ...allBut(statement),
    ...services(statement),
  ]);
}

/** Who does not exist: PutKeyPolicy refuses such a policy. */
function unknownOnes(statement: WrittenStatement, { principals }: PolicyWorld): Finding[] {
  const reader = readerOf(principals);
  return (['Principal', 'NotPrincipal'] as const).flatMap((element) =>
    // A text in the place of an element names nobody.
    typeof statement.value[element] === 'string'
      ? []
      : named(statement, element).flatMap(({ kind, value, path }) => {
          const place = statement.at(...path);
          if (kind === 'Service' && !isServicePrincipal(value))
            return [unknown(text.noService(value), place)];
          if (kind !== 'AWS' || principalExists(value, reader)) return [];
          const people = principals.filter(({ type }) => type !== 'Service').map(({ arn }) => arn);
          return [unknown(text.noPrincipal(value, nearest(value, people)), place)];
        }),
  );
}

function unknown(message: string, place: Span): Finding {
  return { rule: 'unknown-principal', severity: 'error', message, ...place };
}

/** What the engine's own rule asks the records for. */
function readerOf(principals: PolicyWorld['principals']): Reader {
  const entries = principals.map((value) => ({ key: value.arn, value: value as never }));
  return {
    get: (_table, key) => entries.find((entry) => entry.key === key)?.value,
    list: (_table, { prefix = '' } = {}) => entries.filter(({ key }) => key.startsWith(prefix)),
    count: (_table, prefix = '') => entries.filter(({ key }) => key.startsWith(prefix)).length,
  };
}

/** Conditions that say who somebody is, or where they come from. */
const limiting =
  /^(aws:(Principal|Source|userid|username|CalledVia|Vpc|Federated|Ec2Instance)|kms:(CallerAccount|ViaService))/i;

function everybody(statement: WrittenStatement): Finding[] {
  if (!allows(statement)) return [];
  const anyone = named(statement, 'Principal').find(({ kind, value }) => kind === 'AWS' && value === '*');
  if (!anyone) return [];
  const limits = conditions(statement).filter(({ key }) => limiting.test(key));
  const place = statement.at(...anyone.path);
  if (limits.length === 0) {
    return [{ rule: 'anyone', severity: 'warning', message: text.anyone, ...place }];
  }
  const keys = limits.map(({ key }) => key.toLowerCase());
  const byAccount = keys.some((key) => key === 'kms:calleraccount' || key === 'aws:principalaccount');
  if (byAccount && keys.length === 1) {
    return [{ rule: 'via-service', severity: 'advice', message: text.wholeAccount, ...place }];
  }
  const onlyVia = keys.every((key) => /^(kms:viaservice|aws:calledvia)/.test(key));
  return onlyVia ? [{ rule: 'via-service', severity: 'warning', message: text.anyAccountVia, ...place }] : [];
}

function allBut(statement: WrittenStatement): Finding[] {
  if (statement.value['NotPrincipal'] === undefined) return [];
  return [
    {
      ...{ rule: 'not-principal', severity: allows(statement) ? 'warning' : 'advice' },
      message: allows(statement) ? text.allowAllBut : text.denyAllBut,
      ...statement.nameAt('NotPrincipal'),
    },
  ];
}

/** A service in its own name works for whoever has told it to: without a limit, for every account's resources. */
function services(statement: WrittenStatement): Finding[] {
  if (!allows(statement)) return [];
  const service = named(statement, 'Principal').find(({ kind }) => kind === 'Service');
  const isLimited = conditions(statement).some(({ key }) =>
    /^(aws:Source(Arn|Account|Org)|kms:EncryptionContext:)/i.test(key),
  );
  if (!service || isLimited) return [];
  const message = text.confusedDeputy(service.value);
  return [{ rule: 'confused-deputy', severity: 'warning', message, ...statement.at(...service.path) }];
}
