import { oldestExpired } from '../../modules/message/search-tokens/oldest-expired.ts';
import { formatInstant } from '../../values/instant.ts';
import type { Check } from './check.ts';

/** The gateway clears search tokens every hour. */
const mostHours = 2;

export const retention: Check = {
  name: 'retention',
  needsSchema: true,
  run: async (database) => {
    const since = await oldestExpired(database);
    if (since === null) return { state: 'ok', text: 'no message past its window has search tokens left, and its content is hidden' };
    const text = `a message past its window since ${formatInstant(since)} still has search tokens; its content is hidden`;
    if (Date.now() - since.getTime() <= mostHours * 3_600_000) return { state: 'ok', text };
    return {
      state: 'problem',
      text,
      action: 'run a gateway, which clears them every hour; if one runs, look for "search tokens" in its log',
    };
  },
};
