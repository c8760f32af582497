import { readerLags } from '../../modules/event/store/reader-lag.ts';
import { formatInstant } from '../../values/instant.ts';
import type { Check } from './check.ts';

const mostMinutes = 5;

export const eventReaders: Check = {
  name: 'event readers',
  needsSchema: true,
  run: async (database) => {
    const lags = await readerLags(database);
    const described = lags.map(({ name, behind, since }) =>
      since === null ? `${name} is up to date` : `${name} has events since ${formatInstant(since)} to read, of ${behind} organizations`,
    );
    const text = described.join('; ') || 'no durable reader is in use';
    if (lags.every(({ since }) => since === null || Date.now() - since.getTime() <= mostMinutes * 60_000)) return { state: 'ok', text };
    const action = 'run a gateway; if one runs, look for "event reader" in its log, and end transactions that have been open for long';
    return { state: 'problem', text, action };
  },
};
