import { setTimeout } from 'node:timers/promises';
import { checkAnswers } from './compare.ts';
import { type Contender, type ContenderName, startContender } from './contenders/start.ts';
import type { BenchDatabase } from './database.ts';
import { load, type Round } from './load.ts';
import type { Pace } from './options.ts';
import type { Case, Scenario, Target } from './scenario.ts';

export interface Measured {
  id: string;
  title: string;
  /** Rows of an answer that were compared. */
  rows: number;
  cases: { name: string; median: Round; rounds: Round[] }[];
  targets: (Target & { ratio: number; met: boolean })[];
}

/** Measures one scenario: every round loads all cases, one after the other, so that what disturbs the machine disturbs all of them. */
export async function measure(scenario: Scenario, database: BenchDatabase, { rounds, seconds, warmUpSeconds }: Pace): Promise<Measured> {
  const cases = await scenario.cases(database);
  const contenders = new Map<ContenderName, Contender>();
  const contenderOf = ({ contender }: Case) => contenders.get(contender) as Contender;
  try {
    for (const { contender } of cases) {
      if (contenders.has(contender)) continue;
      contenders.set(contender, await startContender(contender, database.url, database.organizations.main?.id ?? ''));
    }
    const rows = await checkAnswers(cases, contenderOf);
    for (const each of cases) await load(each, contenderOf(each), database, warmUpSeconds);
    const measured = new Map<Case, Round[]>(cases.map((each) => [each, []]));
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`${scenario.id}: round ${round + 1} of ${rounds}\n`);
      for (const each of cases) {
        measured.get(each)?.push(await load(each, contenderOf(each), database, seconds));
        // The database's own work after a load, such as of its writer, should not hit the next one alone.
        await setTimeout(100);
      }
    }
    await checkAnswers(cases, contenderOf);
    const results = cases.map((each) => ({ name: each.name, median: medians(measured.get(each) ?? []), rounds: measured.get(each) ?? [] }));
    return {
      id: scenario.id,
      title: scenario.title,
      rows,
      cases: results,
      targets: scenario.targets.map((target) => judge(target, results)),
    };
  } finally {
    for (const contender of contenders.values()) await contender.stop();
  }
}

function judge(target: Target, results: Measured['cases']): Target & { ratio: number; met: boolean } {
  const medianOf = (wanted: string) => results.find(({ name }) => name === wanted)?.median[target.measure] ?? Number.NaN;
  const ratio = medianOf(target.case) / medianOf(target.against);
  return { ...target, ratio, met: ratio >= (target.atLeast ?? 0) && ratio <= (target.atMost ?? Number.POSITIVE_INFINITY) };
}

function medians(rounds: readonly Round[]): Round {
  const of = (name: keyof Round) => median(rounds.flatMap((round) => round[name] ?? []));
  return { rate: of('rate') ?? 0, p50: of('p50') ?? 0, p99: of('p99') ?? 0, gatewayCpu: of('gatewayCpu'), databaseCpu: of('databaseCpu') };
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
