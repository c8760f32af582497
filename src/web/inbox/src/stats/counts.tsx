import { graphql, useLazyLoadQuery } from 'react-relay';
import { channelNames } from '../shared/channels.ts';
import { shortDayOf } from '../shared/times.ts';
import type { countsQuery } from './__generated__/countsQuery.graphql.ts';
import { CountTable } from './count-table.tsx';
import { DayChart } from './day-chart.tsx';

interface Props {
  /** The number of days until today. */
  days: number;
  /** Global id of a phone number; empty: all conversations. */
  number: string;
  /** A new value loads the numbers again. */
  fetchKey: string;
}

const dayMs = 86_400_000;

/** The chart of the days, and the same numbers as tables. */
export function Counts({ days, number, fetchKey }: Props) {
  const { messageStats } = useLazyLoadQuery<countsQuery>(
    graphql`
      query countsQuery($since: Date!, $timeZone: String!, $filter: MessageStatsFilter) {
        messageStats(since: $since, timeZone: $timeZone, filter: $filter) {
          messageCount
          inboundCount
          outboundCount
          timeZone
          channels { channel messageCount inboundCount outboundCount }
          days { date messageCount inboundCount outboundCount ...dayChart_days }
        }
      }
    `,
    {
      // The date in the reader's time zone, in ISO's format as Sweden writes it.
      since: new Date(Date.now() - (days - 1) * dayMs).toLocaleDateString('sv'),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      filter: number === '' ? null : { phoneNumberId: number },
    },
    { fetchKey, fetchPolicy: 'network-only' },
  );
  if (messageStats == null || messageStats.messageCount === 0) return <p className="empty">No message in these days.</p>;
  const { messageCount, inboundCount, outboundCount, timeZone, channels } = messageStats;
  return (
    <>
      <p className="total">
        {messageCount.toLocaleString()} {messageCount === 1 ? 'message' : 'messages'}, {inboundCount.toLocaleString()} received and{' '}
        {outboundCount.toLocaleString()} sent. Days in {timeZone}.
      </p>
      <DayChart days={messageStats.days} />
      <div className="tables">
        <CountTable name="Channels" rows={channels.map(({ channel, ...counts }) => ({ name: channelNames[channel], ...counts }))} />
        <CountTable
          name="Days"
          rows={messageStats.days
            .filter((day) => day.messageCount > 0)
            .toReversed()
            .map(({ date, ...counts }) => ({ name: shortDayOf(date), ...counts }))}
        />
      </div>
    </>
  );
}
