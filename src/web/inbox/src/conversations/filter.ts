import type { Address } from '../shared/address.ts';
import type { ConversationFilter } from './__generated__/listQuery.graphql.ts';

/** Returns the filter that the address describes; null if it describes none. */
export function filterOf({ number, contact, consent, unread }: Address): ConversationFilter | null {
  const filter = {
    ...(number && { phoneNumberId: number }),
    ...(contact && { query: contact }),
    ...((consent === 'in' || consent === 'out') && { optedIn: consent === 'in' }),
    ...(unread === 'yes' && { unread: true }),
  };
  return Object.keys(filter).length === 0 ? null : filter;
}
