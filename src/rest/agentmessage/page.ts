import { z } from 'zod';
import { contactAddressRule } from '../../values/contact-address.ts';
import { notNull } from '../kit/present.ts';
import { integer } from '../kit/request/parameters.ts';

// The page, and the shapes, that both lists share.

export const limit = integer(1, 200).default(50).describe('The maximum number of items on a page.');

export const time = z.iso.datetime();

export const direction = z.enum(['inbound', 'outbound']);

/** A sender or a recipient. */
export const party = z
  .string()
  .meta({ description: 'The number of the organization, E.164, or the address of the contact: see `contact_number`.' });

export const contactNumber = z.string().meta({ description: `The address of the contact: ${contactAddressRule}.` });

const meta = z
  .strictObject({
    total: z.int().meta({ description: 'The number of matching items, whatever the page; at most 10,000 for a filtered list.' }),
    limit: z.int(),
    offset: z.literal(0),
    next_cursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  })
  .meta({ id: 'Meta' });

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ success: z.literal(true), data: z.array(item), meta });
}

interface Page<Item> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: readonly Item[];
}

export function presentPage<Item, Presented>(page: Page<Item> | null, limit: number, present: (item: Item) => Presented) {
  const { totalCount, pageInfo, nodes } = notNull(page);
  const meta = { total: totalCount, limit, offset: 0 as const, next_cursor: pageInfo.hasNextPage ? pageInfo.endCursor : null };
  return { success: true as const, data: nodes.map(present), meta };
}
