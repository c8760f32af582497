import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine } from '../../support/lines.ts';
import { client, type Message } from './client.ts';
import { at, recorded } from './recorded.ts';

const parley = useApp();
const ziik = client(parley);

describe('around a starter', () => {
  let tenant: Tenant;
  let id: number;
  let messages: Message[];

  beforeAll(async () => {
    ({ tenant, id, messages } = await recorded(
      parley,
      Array.from({ length: 9 }, (_, index) => chatLine({ ...at(index), body: String(index) })),
    ));
  });

  const around = async (index: number, query: Record<string, string | number> = {}) => {
    const page = await ziik.messages(tenant.key, id, { starter_message_id: messages[index]?.id ?? 0, ...query });
    return {
      shown: page.data.map(({ message }) => message).join(''),
      older: page.meta.next_cursor !== null,
      newer: page.meta.prev_cursor !== null,
    };
  };

  test.each([
    [4, 5, '65432', true, true],
    [4, 1, '4', true, true],
    [8, 4, '8765', true, false],
    [0, 4, '3210', false, true],
    [1, 5, '43210', false, true],
    [4, 9, '876543210', false, false],
    [4, 100, '876543210', false, false],
  ])('message %i of 0 to 8, limit %i', async (index, limit, shown, older, newer) => {
    expect(await around(index, { limit })).toEqual({ shown, older, newer });
  });

  test('ignores the starter beside a cursor or a query', async () => {
    expect((await around(0, { query: '7' })).shown).toBe('7');
    const { meta } = await ziik.messages(tenant.key, id, { limit: 3 });
    expect((await around(0, { cursor: String(meta.next_cursor), limit: 2 })).shown).toBe('54');
    // Empty ones count as absent.
    expect((await around(4, { cursor: '', query: '', limit: 3 })).shown).toBe('543');
    for (const starter_message_id of ['x', '999999999', '']) {
      expect((await ziik.messages(tenant.key, id, { starter_message_id, query: '7' })).data).toHaveLength(1);
    }
  });
});
