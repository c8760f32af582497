/** A page of a list by its number, from 1. `more`: whether an item follows it. */
interface Place {
  page: number;
  limit: number;
  items: number;
  total: number;
  more: boolean;
}

/** The contract's `links` and `meta`. Links are the request's own URL with another page; a page beyond the last has no items and no `from` and `to`. */
export function numberedPage(url: URL, { page, limit, items, total, more }: Place) {
  const passed = (page - 1) * limit;
  // A total of a filtered list stops counting somewhere; what is there is there.
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
