import { expiringKeys } from '../../modules/api-key/store/expiring.ts';
import { formatInstant } from '../../values/instant.ts';
import type { Check } from './check.ts';

const soonDays = 7;
const mostNamed = 10;

export const keys: Check = {
  name: 'keys',
  needsSchema: true,
  run: async (database) => {
    const expiring = await expiringKeys(database, soonDays);
    const [first] = expiring;
    if (first === undefined) return { state: 'ok', text: `no key expires within ${soonDays} days` };
    const named = expiring.slice(0, mostNamed).map(({ id, name, expiresAt }) => `${name} (${id}) at ${formatInstant(expiresAt)}`);
    const more = expiring.length > mostNamed ? `, and ${expiring.length - mostNamed} more` : '';
    return {
      state: 'problem',
      text: `${expiring.length === 1 ? '1 key expires' : `${expiring.length} keys expire`} within ${soonDays} days: ${named.join(', ')}${more}`,
      action: `rotate each: parley key rotate ${first.id} --org ${first.organizationId} --grace 24h --expires 90d`,
    };
  },
};
