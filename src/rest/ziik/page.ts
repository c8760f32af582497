import { z } from 'zod';
import { Expression, type Parameter } from '../kit/mapping/expression.ts';

/** A page of a list by its number. */
export function numberedPageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item),
    links: z.strictObject({ first: z.string(), last: z.string(), prev: z.string().nullable(), next: z.string().nullable() }),
    meta: z.strictObject({
      current_page: z.int(),
      from: z.int().nullable(),
      last_page: z.int(),
      path: z.string(),
      per_page: z.int(),
      to: z.int().nullable(),
      total: z.int(),
    }),
  });
}

export const pageExample = {
  links: {
    first: 'https://api.example.com/conversations?page=1',
    last: 'https://api.example.com/conversations?page=1',
    prev: null,
    next: null,
  },
  meta: { current_page: 1, from: 1, last_page: 1, path: 'https://api.example.com/conversations', per_page: 25, to: 1, total: 1 },
};

/** The number of items before a page. */
export function skippedBefore(page: Parameter<number>, limit: Parameter<number>): Expression<number> {
  return new Expression({
    compute: (values) => (page.compute(values) - 1) * limit.compute(values),
    text: `(${page.raw} - 1) * ${limit.raw}`,
    source: page.source,
  });
}

/** The position of a page in its list. `page`: its number, from 1. `more`: true if an item follows. */
interface Place {
  page: number;
  limit: number;
  items: number;
  total: number;
  more: boolean;
}

/** Returns the contract's `links` and `meta`. Links are the request's own URL with another page number. `from` and `to` are null on a page without items. */
export function numberedPage(url: URL, { page, limit, items, total, more }: Place) {
  const passed = (page - 1) * limit;
  // The total of a filtered list stops at a maximum, but items can exist beyond it.
  const last = Math.max(Math.ceil(total / limit), more ? page + 1 : items > 0 ? page : 1);
  return {
    links: {
      first: link(url, 1),
      last: link(url, last),
      prev: page > 1 ? link(url, page - 1) : null,
      next: more ? link(url, page + 1) : null,
    },
    meta: {
      current_page: page,
      from: items > 0 ? passed + 1 : null,
      last_page: last,
      path: url.origin + url.pathname,
      per_page: limit,
      to: items > 0 ? passed + items : null,
      total,
    },
  };
}

function link(url: URL, page: number): string {
  const to = new URL(url);
  to.searchParams.set('page', String(page));
  return to.href;
}
