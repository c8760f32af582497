import { Command } from 'commander';
import { latestMessageAt } from '../modules/message/stats/latest.ts';
import { maxDays, usualDays, usualTimeZone } from '../modules/message/stats/range.ts';
import { type DayStats, type MessageStats, messageStats } from '../modules/message/stats/stats.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { formatInstant } from '../values/instant.ts';
import { uuidArgument } from './arguments.ts';
import { barChart, type Screen, screenOf } from './bars.ts';
import { type CliContext, jsonOption } from './context.ts';

interface Options {
  org: string;
  since?: string;
  until?: string;
  timeZone: string;
}

/** More days than these are drawn as weeks. */
const mostDrawnDays = 92;

export function statsCommand({ open, out, environment }: CliContext): Command {
  return new Command('stats')
    .description('draw the number of messages per day and per channel, as `messageStats` of the GraphQL API counts them')
    .requiredOption('--org <id>', 'the id of the organization', uuidArgument)
    .option('--since <date>', `the first day, like 2026-01-31 (default: ${usualDays - 1} days before the last one)`)
    .option('--until <date>', `the last day, at most ${maxDays} days from the first one (default: today)`)
    .option('--time-zone <name>', 'the time zone of the days, like Europe/Berlin', usualTimeZone)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nDeleted and redacted messages and service messages count, too. More than ${mostDrawnDays} days are drawn as weeks; --json has each day.\n\nExample:\n  $ parley stats --org $ORG --since 2026-01-01 --until 2026-03-31`,
    )
    .action(async ({ org, ...range }: Options) => {
      const database = await open();
      const { name } = await findOrganization(database, org);
      const stats = await messageStats(database, org, range);
      const latest = stats.messageCount === 0 ? await latestMessageAt(database, org) : null;
      const hint = latest && `The latest message was sent at ${formatInstant(latest)}: choose days with --until.`;
      out({ organization: org, ...stats }, [`${name}: ${summary(stats)}`, ...charts(stats, screenOf(environment))], hint ? [hint] : []);
    });
}

function summary({ since, until, timeZone, messageCount, inboundCount, outboundCount }: MessageStats): string {
  const range = `from ${since} to ${until} (${timeZone})`;
  if (messageCount === 0) return `no messages ${range}.`;
  const [all, inbound, outbound] = [messageCount, inboundCount, outboundCount].map((count) => count.toLocaleString('en'));
  return `${all} ${messageCount === 1 ? 'message' : 'messages'} ${range}, ${inbound} inbound and ${outbound} outbound.`;
}

function charts({ days, channels, messageCount }: MessageStats, screen: Screen): string[] {
  if (messageCount === 0) return [];
  const weekly = days.length > mostDrawnDays;
  const ofTime = weekly ? weeksOf(days) : days.map(({ date, messageCount: value }) => ({ label: date, value }));
  const ofChannels = channels.map(({ channel, messageCount: value }) => ({ label: channel, value }));
  return [
    '',
    weekly ? 'Per week, by its first day' : 'Per day',
    ...barChart(ofTime, screen),
    '',
    'Per channel',
    ...barChart(ofChannels, screen),
  ];
}

/** Sums seven days each; the last week may be shorter. */
function weeksOf(days: readonly DayStats[]) {
  return days.flatMap(({ date }, index) => {
    if (index % 7 !== 0) return [];
    return { label: date, value: days.slice(index, index + 7).reduce((sum, { messageCount }) => sum + messageCount, 0) };
  });
}
