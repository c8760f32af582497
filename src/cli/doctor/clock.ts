import type { Queryable } from '../../database/database.ts';
import type { Finding } from './check.ts';

const mostSeconds = 5;

/** Compares this machine's clock with the database's. Keys expire by the one, and retention windows pass by the other. */
export const clock = {
  name: 'clock',
  needsSchema: false,
  run: async (database: Queryable): Promise<Finding> => {
    const before = Date.now();
    const [row] = await database.query<{ now: Date }>({ label: 'doctor_clock', text: 'select clock_timestamp() as now' });
    const roundTripMs = Date.now() - before;
    const aheadMs = (row?.now.getTime() ?? Number.NaN) - before - roundTripMs / 2;
    const text = `the database's clock is ${Math.abs(aheadMs / 1_000).toFixed(1)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} this machine's`;
    // A slow answer proves no difference.
    if (Math.abs(aheadMs) - roundTripMs / 2 <= mostSeconds * 1_000) return { state: 'ok', text };
    return { state: 'problem', text, action: 'set both clocks by NTP: keys expire by one of them, retention windows pass by the other' };
  },
};
