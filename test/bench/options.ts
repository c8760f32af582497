import { parseArgs } from 'node:util';

export interface Pace {
  rounds: number;
  seconds: number;
  warmUpSeconds: number;
}

export interface Options {
  /** The ids of the scenarios to run; null: all. */
  scenarios: string[] | null;
  messages: number;
  quick: boolean;
  pace: Pace;
}

/** The command line, or what it needs, is not right. */
export class UsageError extends Error {}

const help = `npm run bench -- [options]

  --quick                50,000 messages and short rounds: within three minutes, to see that all works; its numbers mean little
  --messages <n>         the size of the database (default: 1000000, with --quick 50000)
  --scenario <S1,S2>     only these scenarios (default: all, with --quick all but S6)
  --rounds <n>           how often each contender is loaded (default: 5, with --quick 2)
  --seconds <n>          how long it is loaded each time (default: 8, with --quick 1)
  --help

DATABASE_URL is any database of the PostgreSQL server (default: postgresql://USER@127.0.0.1:5432/postgres); the bench creates one of its own beside it, named
parley_bench_…, and keeps it for the next run. It must be on this machine for the CPU time of the database to be measured.
Run "npm ci" in test/bench first.
`;

/** Reads the command line; prints the help and ends where it asks for it. @throws UsageError */
export function readOptions(): Options {
  const values = parse();
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const { quick } = values;
  const number = (name: 'messages' | 'rounds' | 'seconds', least: number, whenAbsent: number) => {
    const value = Number(values[name] ?? whenAbsent);
    if (!(value >= least)) throw new UsageError(`--${name} must be a number of at least ${least}`);
    return value;
  };
  return {
    quick,
    scenarios: values.scenario?.toUpperCase().split(',') ?? null,
    messages: number('messages', 10_000, quick ? 50_000 : 1_000_000),
    pace: { rounds: number('rounds', 1, quick ? 2 : 5), seconds: number('seconds', 1, quick ? 1 : 8), warmUpSeconds: quick ? 0.5 : 4 },
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        messages: { type: 'string' },
        scenario: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
