import { Argument, Command, InvalidArgumentError } from 'commander';
import { sources } from '../sources/contracts.ts';
import type { SourceContract } from '../sources/sync/contract.ts';
import { type SyncOptions, type SyncResult, sync } from '../sources/sync/sync.ts';
import { systemTiming } from '../sources/sync/timing.ts';
import { watch } from '../sources/sync/watch.ts';
import { formatInstant } from '../values/instant.ts';
import { baseUrlArgument, instantArgument, secondsArgument, uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption } from './context.ts';
import { progressLine } from './progress-line.ts';
import { readToken } from './sync-token.ts';

const mostPrinted = 100;

interface Options {
  baseUrl: string;
  token?: string;
  org: string;
  since?: Date;
  watch?: number;
  full: boolean;
}

export function syncCommand({ open, out, note, environment }: CliContext): Command {
  return new Command('sync')
    .description('copy conversations and messages from another API; running it again copies the changes')
    .addArgument(new Argument('<contract>', 'the API to read').choices(sources.map(({ name }) => name)))
    .requiredOption('--base-url <url>', "the API's address: before /v1/conversations or /conversations", baseUrlArgument)
    .requiredOption('--org <id>', 'the id of the organization', uuidArgument)
    .option('--token <token>', 'the token of the API; - for standard input (default: the variable PARLEY_SYNC_TOKEN)')
    .option('--since <time>', 'copy no earlier messages than this time, such as 2026-01-31T00:00:00Z', instantArgument)
    .option('--watch <seconds>', 'read again after so many seconds, until SIGTERM or SIGINT', secondsArgument)
    .option('--full', 'read everything again, for edits, deletions and reactions of old messages', false)
    .addOption(jsonOption())
    .addHelpText('after', explanation)
    .action(async (name: string, { org, baseUrl, token, since, full, watch: seconds }: Options) => {
      const contract = contractNamed(name);
      const secret = await readToken(token, environment.PARLEY_SYNC_TOKEN);
      const database = await open();
      const line = progressLine();
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(`${signal} ended the run`)));
      const options: SyncOptions = {
        organizationId: org,
        contract,
        baseUrl,
        token: secret,
        since: since ?? null,
        full,
        timing: systemTiming,
        signal: stop.signal,
        onProgress: ({ read, imported }, conversations) =>
          line.update(`${count(conversations)} conversations, ${count(read)} messages read, ${count(imported)} new`),
        onNote: (text) => line.above(() => note(text)),
      };
      const print = (result: SyncResult) => line.above(() => printHoles(result, note));
      try {
        if (seconds === undefined) {
          const result = await sync(database, options);
          print(result);
          if (result.holes.length > 0 || result.interrupted) process.exitCode = 1;
          out(document(result), [summary(result)]);
        } else {
          const result = await watch(database, options, seconds, print);
          out(document(result), [summary(result)]);
        }
      } finally {
        line.stop();
      }
    });
}

function contractNamed(name: string): SourceContract {
  const contract = sources.find((each) => each.name === name);
  if (contract === undefined) throw new InvalidArgumentError(`There is no contract ${name}.`);
  return contract;
}

/** The line of each hole, for people. */
function printHoles({ holes }: SyncResult, note: (line: string) => void): void {
  for (const { conversation, message, reason } of holes.slice(0, mostPrinted)) {
    const where = [
      conversation === null ? 'conversations' : `conversation ${conversation}`,
      message === null ? null : `message ${message}`,
    ];
    note(`not copied: ${where.filter(Boolean).join(', ')}: ${reason}`);
  }
  if (holes.length > mostPrinted) note(`… and ${holes.length - mostPrinted} more`);
}

function document({ completeThrough, ...result }: SyncResult) {
  return { ...result, completeThrough: completeThrough && formatInstant(completeThrough) };
}

function summary({ conversations, read, imported, updated, skipped, holes, completeThrough, interrupted }: SyncResult): string {
  const counts = `${count(imported)} imported, ${count(updated)} updated, ${count(skipped)} unchanged`;
  const through = completeThrough === null ? 'not complete yet' : `complete through ${formatInstant(completeThrough)}`;
  const missing = holes.length === 0 ? '' : `; ${count(holes.length)} parts not copied, to be tried again at the next run`;
  const end = interrupted ? '; interrupted' : '';
  return `${count(conversations)} conversations, ${count(read)} messages read: ${counts}; ${through}${missing}${end}.`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

const explanation = `
The command keeps its position, so it can be stopped and repeated. A part that it cannot copy is named, the exit code is 1, and the next run tries it again.
Changes of old messages (edits, deletions, redactions, reactions, delivery states) do not change a list of conversations: only --full finds all of them.
Messages past the organization's retention window are stored redacted, and that is final.
Other users of the machine can see a token on the command line: set PARLEY_SYNC_TOKEN, or give --token - and the token on standard input.
With --watch the command ends with exit code 0 when it is stopped; --json then prints the sums of all runs.

Example:
  $ PARLEY_SYNC_TOKEN=... parley sync SOURCE --base-url https://api.example.com --org $ORG --watch 60`;
