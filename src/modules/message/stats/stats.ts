import type { Queryable } from '../../../database/database.ts';
import { Channel } from '../../../generated/prisma/enums.ts';
import { formatDay } from '../../../values/days.ts';
import { type CountFilter, countMessages, type DayCount } from './count.ts';
import { type RangeRequest, readRange } from './range.ts';

interface Counts {
  messageCount: number;
  inboundCount: number;
  outboundCount: number;
}

/** The messages of one channel. */
export interface ChannelStats extends Counts {
  channel: Channel;
}

export interface DayStats extends Counts {
  date: string;
  channels: ChannelStats[];
}

export interface MessageStats extends Counts {
  /** The first and the last day. */
  since: string;
  until: string;
  timeZone: string;
  channels: ChannelStats[];
  days: DayStats[];
}

interface StatsRequest extends RangeRequest {
  filter?: CountFilter | null;
}

/** Counts an organization's messages per day and channel. @throws BAD_USER_INPUT */
export async function messageStats(
  database: Queryable,
  organizationId: string,
  { filter, ...request }: StatsRequest,
): Promise<MessageStats> {
  const { first, count, timeZone, starts } = readRange(request);
  const counted = await countMessages(database, organizationId, starts, filter ?? {});
  const ofDays = Map.groupBy(counted, ({ day }) => day);
  return {
    since: formatDay(first),
    until: formatDay(first + count - 1),
    timeZone,
    ...countsOf(counted),
    channels: channelsOf(counted),
    days: Array.from({ length: count }, (_, day) => dayStats(first + day, ofDays.get(day) ?? [])),
  };
}

function dayStats(day: number, counted: readonly DayCount[]): DayStats {
  return { date: formatDay(day), ...countsOf(counted), channels: channelsOf(counted) };
}

/** The channels that have messages, in the order of their declaration. */
function channelsOf(counted: readonly DayCount[]): ChannelStats[] {
  const ofChannels = Map.groupBy(counted, ({ channel }) => channel);
  return Object.values(Channel).flatMap((channel) => {
    const own = ofChannels.get(channel);
    return own === undefined ? [] : [{ channel, ...countsOf(own) }];
  });
}

function countsOf(counted: readonly DayCount[]): Counts {
  const inboundCount = sum(counted.filter(({ direction }) => direction === 'INBOUND'));
  const outboundCount = sum(counted.filter(({ direction }) => direction === 'OUTBOUND'));
  return { messageCount: inboundCount + outboundCount, inboundCount, outboundCount };
}

function sum(counted: readonly DayCount[]): number {
  return counted.reduce((total, { messages }) => total + messages, 0);
}
