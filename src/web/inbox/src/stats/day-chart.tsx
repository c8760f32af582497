import { graphql, useFragment } from 'react-relay';
import { monthDayOf, shortDayOf } from '../shared/times.ts';
import type { dayChart_days$key } from './__generated__/dayChart_days.graphql.ts';

const size = { width: 960, height: 260, left: 84, bottom: 36, top: 18 };
const plot = { width: size.width - size.left, height: size.height - size.bottom - size.top };

/** Bars of received and sent messages for each day. The tables below it have the same numbers. */
export function DayChart({ days }: { days: dayChart_days$key }) {
  const data = useFragment(
    graphql`
      fragment dayChart_days on DayStats @relay(plural: true) {
        date
        messageCount
        inboundCount
        outboundCount
      }
    `,
    days,
  );
  const top = roundUp(Math.max(...data.map(({ messageCount }) => messageCount)));
  const step = plot.width / data.length;
  const bar = Math.max(1, step * 0.75);
  const heightOf = (count: number) => (count / top) * plot.height;
  const y = (count: number) => size.top + plot.height - heightOf(count);
  const labelEvery = Math.ceil(data.length / 4);
  const first = data[0]?.date;
  const last = data.at(-1)?.date;
  return (
    <figure className="chart">
      <figcaption className="legend">
        <span className="legend-in">Received</span>
        <span className="legend-out">Sent</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={
          first &&
          last &&
          `Messages of each day from ${shortDayOf(first)} to ${shortDayOf(last)}, at most ${Math.max(...data.map((day) => day.messageCount))}`
        }
      >
        {[0, top / 2, top].map((count) => (
          <g key={count}>
            <line className="grid" x1={size.left} x2={size.width} y1={y(count)} y2={y(count)} />
            <text x={size.left - 8} y={y(count)} textAnchor="end" dominantBaseline="central">
              {count.toLocaleString()}
            </text>
          </g>
        ))}
        {data.map(({ date, inboundCount, outboundCount }, index) => {
          const x = size.left + index * step + (step - bar) / 2;
          return (
            <g key={date}>
              <title>{`${shortDayOf(date)}: ${inboundCount} received, ${outboundCount} sent`}</title>
              <rect className="bar-in" x={x} width={bar} y={y(inboundCount)} height={heightOf(inboundCount)} />
              <rect className="bar-out" x={x} width={bar} y={y(inboundCount + outboundCount)} height={heightOf(outboundCount)} />
              {index % labelEvery === 0 && (
                <text x={x} y={size.height - 8}>
                  {monthDayOf(date)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Returns the next even number that is easy to read: 2, 4, 10, 20, 40, 100 and so on. */
function roundUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(count, 1)));
  return [2, 4, 10, 20].map((factor) => factor * power).find((each) => each >= count) ?? count;
}
