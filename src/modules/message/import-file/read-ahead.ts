/** Yields the same items, and reads the next item while the caller works on the current one. */
export async function* readAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (let item = await next; !item.done; item = await next) {
      next = iterator.next();
      // A failure is thrown where the item is awaited. If the caller stops before, nothing awaits it.
      next.catch(() => {});
      yield item.value;
    }
  } finally {
    await iterator.return?.();
  }
}
