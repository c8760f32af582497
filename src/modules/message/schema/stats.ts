import { refuseNulls } from '../../../errors.ts';
import { Channel } from '../../../generated/prisma/enums.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { parseDay } from '../../../values/days.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { PhoneNumber } from '../../phone-number/schema/ref.ts';
import { maxDays, usualDays, usualTimeZone } from '../stats/range.ts';
import { type ChannelStats, type DayStats, type MessageStats, messageStats } from '../stats/stats.ts';
import { ChannelEnum } from './enums.ts';

/** The cost of each day of the range: a year of a million messages takes as long as the pages that one may read for 36,600. */
const costOfDay = 100;

/** The options of the fields that each of the types has. */
const counts = {
  messageCount: { description: 'The number of messages, including deleted and redacted ones and service messages.' },
  inboundCount: { description: 'The number of messages that the organization received.' },
  outboundCount: { description: 'The number of messages that the organization sent.' },
};

const ChannelStatsType = builder.objectRef<ChannelStats>('ChannelStats').implement({
  description: 'The number of messages of one channel.',
  fields: (t) => ({
    channel: t.expose('channel', { type: ChannelEnum, description: 'The channel.' }),
    messageCount: t.exposeInt('messageCount', counts.messageCount),
    inboundCount: t.exposeInt('inboundCount', counts.inboundCount),
    outboundCount: t.exposeInt('outboundCount', counts.outboundCount),
  }),
});

const channels = {
  type: [ChannelStatsType] as [typeof ChannelStatsType],
  description: 'The channels that have messages.',
  extensions: { maxItems: Object.keys(Channel).length },
};

const DayStatsType = builder.objectRef<DayStats>('DayStats').implement({
  description: 'The number of messages of one day.',
  fields: (t) => ({
    date: t.expose('date', { type: 'Date', description: 'The day.' }),
    messageCount: t.exposeInt('messageCount', counts.messageCount),
    inboundCount: t.exposeInt('inboundCount', counts.inboundCount),
    outboundCount: t.exposeInt('outboundCount', counts.outboundCount),
    channels: t.expose('channels', channels),
  }),
});

const MessageStatsType = builder.objectRef<MessageStats>('MessageStats').implement({
  description: 'The number of messages per day and per channel.',
  fields: (t) => ({
    since: t.expose('since', { type: 'Date', description: 'The first day.' }),
    until: t.expose('until', { type: 'Date', description: 'The last day, whose messages are counted too.' }),
    timeZone: t.exposeString('timeZone', { description: 'The time zone of the days.' }),
    messageCount: t.exposeInt('messageCount', counts.messageCount),
    inboundCount: t.exposeInt('inboundCount', counts.inboundCount),
    outboundCount: t.exposeInt('outboundCount', counts.outboundCount),
    channels: t.expose('channels', channels),
    days: t.expose('days', {
      type: [DayStatsType],
      description: 'Each day from `since` to `until`, days without messages too.',
      extensions: { maxItems: maxDays },
    }),
  }),
});

const StatsFilter = builder.inputType('MessageStatsFilter', {
  description: 'A filter of counted messages: a message counts if it matches every given field. A field must not be null: leave it out.',
  fields: (t) => ({
    conversationId: t.globalID({ for: Conversation, description: 'The global id of a conversation: only its messages.' }),
    phoneNumberId: t.globalID({ for: PhoneNumber, description: 'The global id of a phone number: its conversations only.' }),
  }),
});

builder.queryField('messageStats', (t) =>
  t.field({
    type: MessageStatsType,
    nullable: true,
    description: `The number of messages per day and per channel, for charts. Null if the messages cannot be counted. It costs ${costOfDay} for each day.`,
    authScopes: { scope: 'conversations:read' },
    extensions: { needs: [], examines: costOfRange },
    args: {
      since: t.arg({ type: 'Date', description: `The first day. Null: ${usualDays - 1} days before \`until\`.` }),
      until: t.arg({
        type: 'Date',
        description: `The last day, whose messages are counted too, at most ${maxDays} days from \`since\`. Null: today.`,
      }),
      timeZone: t.arg.string({
        description: `The time zone of the days, a name of the IANA database such as Europe/Berlin. Null: ${usualTimeZone}.`,
      }),
      filter: t.arg({ type: StatsFilter, description: 'A filter of the messages. Null: all messages.' }),
    },
    resolve: (_parent, { filter, ...request }, context) => {
      if (filter != null) refuseNulls('filter', filter);
      const { conversationId, phoneNumberId } = filter ?? {};
      return messageStats(context.database, viewerOf(context).organizationId, {
        ...request,
        filter: { conversationId: conversationId?.id ?? null, phoneNumberId: phoneNumberId?.id ?? null },
      });
    },
  }),
);

/** Invalid days cost as much as the most days: the resolver refuses them. */
function costOfRange(argument: (name: string) => unknown): number {
  const [since, until] = [argument('since'), argument('until')];
  if (since == null) return usualDays * costOfDay;
  const first = parseDay(String(since));
  const last = until == null ? parseDay(new Date().toISOString().slice(0, 10)) : parseDay(String(until));
  const days = first === null || last === null ? maxDays : last - first + 1;
  return Math.min(Math.max(days, 1), maxDays) * costOfDay;
}
