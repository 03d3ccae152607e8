import * as v from 'valibot';
import { uuid } from '../clock/randomness.ts';
import type { Moment } from '../look/look.ts';
import { ActRefused, type ActDeclaration, type Desk, type Outcome } from './act.ts';
import { acts, operatorAct, type ActReport, type OperatorAct } from './acts.ts';
import { actRecords } from './records.ts';

/** So many moments come with a report. */
const mostMoments = 200;

export interface OperatorRooms extends Omit<Desk, 'commit' | 'requestId'> {
  /** What happened after this commit, oldest first. */
  momentsSince(sequence: number): Promise<Moment[]>;
}

/** The door for what no request of AWS can ask for. Acts are done one after the other. */
export interface Operator {
  /** Does one act and tells what came of it. @throws ActRefused */
  operate(act: OperatorAct): Promise<ActReport>;
  /** The same for who does not want to be told. @throws ActRefused */
  perform(act: OperatorAct): Promise<Outcome>;
}

export function operatorOf(rooms: OperatorRooms): Operator {
  const { vault } = rooms;
  let lastTurn: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const turn = lastTurn.then(job);
    lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** The act comes over a wire, whatever its type says. */
  function readAct(input: unknown): OperatorAct {
    const read = v.safeParse(operatorAct, input);
    if (read.success) return read.output;
    const [issue] = read.issues;
    const path = v.getDotPath(issue);
    throw new ActRefused(path === null ? issue.message : `${path}: ${issue.message}`);
  }

  function run(act: OperatorAct): Promise<Outcome> {
    const time = rooms.clock.now();
    const requestId = `operator:${act.act}:${uuid(rooms.randomness)}`;
    const desk: Desk = {
      ...rooms,
      requestId,
      commit: (work) =>
        vault.transact(requestId, async (transaction) => {
          const outcome = await work(transaction);
          transaction.put(actRecords, requestId, { act, time, summary: outcome.summary });
          return outcome;
        }),
    };
    return declarationOf(act).run(act, desk);
  }

  return {
    perform: (input) => inTurn(() => run(readAct(input))),
    operate: (input) =>
      inTurn(async () => {
        const act = readAct(input);
        // What was before is not to be told as what followed.
        await vault.flush();
        const before = vault.sequence;
        const outcome = await run(act);
        const happened = await rooms.momentsSince(before);
        const more = declarationOf(act).afterwards?.(happened);
        return {
          ...outcome,
          summary: more === undefined ? outcome.summary : `${outcome.summary} ${more}`,
          sequence: vault.sequence,
          happened: happened.slice(0, mostMoments),
        };
      }),
  };
}

/** Which act goes with which declaration is plain from their names, but not to TypeScript. */
function declarationOf({ act }: OperatorAct): ActDeclaration<v.GenericSchema> {
  return acts[act];
}
