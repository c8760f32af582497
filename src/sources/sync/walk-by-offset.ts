import { RequestError } from './failures.ts';

interface OffsetPage<Item> {
  items: Item[];
  /** The position of the first item. */
  start: number;
  isLast: boolean;
}

const mostGaps = 20;
/** So many pages in a row without a new item: the API ignores the position. */
const mostRepeats = 20;

/**
 * Walks a list by position while its items move. An item that becomes active moves to the beginning, which shifts the others down: they are met twice, and
 * yielded once. An item that is removed shifts the others up, and one of them could be passed between two pages: so each page overlaps the one before it, and
 * the walk steps back if it does not.
 * @param readPage gets the number of items that were met; its page must contain the last one of them. @param step the number of positions to step back
 */
export async function* walkByOffset<Item extends { id: string }>(
  readPage: (met: number) => Promise<OffsetPage<Item>>,
  step: number,
): AsyncGenerator<Item[]> {
  const met = new Set<string>();
  let position = 0;
  let gaps = 0;
  let repeats = 0;
  for (;;) {
    const { items, start, isLast } = await readPage(position);
    const [first] = items;
    const hasGap = start > 0 && (first === undefined || !met.has(first.id));
    const addsNothing = !isLast && start + items.length <= position;
    if (hasGap || addsNothing) {
      if (++gaps > mostGaps) throw new RequestError(`the list of conversations cannot be read beyond position ${start}`, null);
      position = Math.max(0, start - step);
      continue;
    }
    const added = items.filter(({ id }) => !met.has(id));
    for (const { id } of added) met.add(id);
    repeats = added.length === 0 ? repeats + 1 : 0;
    if (repeats > mostRepeats && !isLast) throw new RequestError(`the list of conversations repeats itself after ${met.size} items`, null);
    yield added;
    if (isLast) return;
    position = start + items.length;
  }
}

/** Returns the numbered page that begins at or before the last item that was met, and shows the most items after it. @param met 1 or more */
export function overlappingPage(met: number, mostItems: number): { page: number; limit: number } {
  let best = { page: 1, limit: Math.min(met + 1, mostItems), added: 0 };
  for (let limit = mostItems; limit > 0; limit--) {
    const before = Math.floor((met - 1) / limit);
    const added = (before + 1) * limit - met;
    if (added > best.added) best = { page: before + 1, limit, added };
  }
  return { page: best.page, limit: best.limit };
}
