import { expect, test } from 'vitest';
import { useApp } from '../../../support/harness.ts';
import { chatLine, phoneLine } from '../../../support/lines.ts';
import { exported, type Line, merge, wrongCounters } from './merging.ts';

const h = useApp();

/** Lines of some conversations, people and agents. Every writer has them in another order. */
function lines(from: number, to: number): Line[] {
  return Array.from({ length: to - from }, (_, offset) => {
    const index = from + offset;
    const agent = { externalId: `agent ${index % 3}`, name: `Agent ${index % 3}` };
    const author = { externalId: `person ${index % 5}`, firstName: 'P', lastName: String(index) };
    const common = { externalId: `m${index}`, createdAt: new Date(Date.UTC(2026, 0, 1, 0, index % 97)).toISOString(), agent };
    return index % 4 === 0
      ? chatLine({ ...common, author, conversation: { externalId: `chat ${index % 7}`, type: 'group' } })
      : phoneLine({
          ...common,
          direction: 'outbound',
          status: 'sent',
          phoneNumber: `+1555000000${index % 3}`,
          contactNumber: `+1555000010${index % 8}`,
        });
  });
}

async function inBatches(organizationId: string, all: readonly Line[], size: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let start = 0; start < all.length; start += size) {
    outcomes.push(...(await merge(h.app.database, organizationId, all.slice(start, start + size))));
  }
  return outcomes;
}

test('imports each line once when several writers send overlapping lines, and keeps the counters right', async () => {
  const { id } = await h.tenant();
  const outcomes = await Promise.all([
    inBatches(id, lines(0, 600), 37),
    inBatches(id, lines(0, 600).reverse(), 41),
    inBatches(id, lines(300, 900), 53),
    inBatches(id, lines(200, 700).reverse(), 60),
  ]);
  expect(outcomes.flat().filter((outcome) => outcome === 'imported')).toHaveLength(900);
  expect(new Set(outcomes.flat())).toEqual(new Set(['imported', 'skipped']));
  expect((await exported(h.app.database, id)).size).toBe(900);
  expect(await wrongCounters(h.app.database, id)).toEqual([]);
});

test('two writers may use one external id in two conversations', async () => {
  const { id } = await h.tenant();
  for (let round = 0; round < 20; round++) {
    const externalId = `m${round}`;
    const outcomes = await Promise.all([
      merge(h.app.database, id, [phoneLine({ externalId, contactNumber: `+155500020${10 + round}` })]),
      merge(h.app.database, id, [phoneLine({ externalId, contactNumber: `+155500030${10 + round}` })]),
    ]);
    expect(outcomes.flat()).toEqual(['imported', 'imported']);
  }
  expect(await wrongCounters(h.app.database, id)).toEqual([]);
});

test('a new chat gets the type of its first line; lines with another type are refused and change nothing', async () => {
  const { id } = await h.tenant();
  for (let round = 0; round < 12; round++) {
    const types = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? 'direct' : 'group'));
    const outcomes = await Promise.all(
      types.map((type, index) => {
        const conversation = { externalId: `chat ${round}`, type };
        const agent = { externalId: `${type} ${round}`, name: 'Bot' };
        const lines = [chatLine({ externalId: `m${index}`, conversation, agent }), chatLine({ externalId: `m${index}`, conversation })];
        return merge(h.app.database, id, [...lines, phoneLine({ externalId: `${round} ${index}` })]);
      }),
    );
    const first = types[outcomes.findIndex(([outcome]) => outcome === 'imported')];
    const refusal = `conversation.type: this conversation is a ${first} one`;
    const expected = types.map((type) => (type === first ? ['imported', 'skipped', 'imported'] : [refusal, refusal, 'imported']));
    expect(outcomes).toEqual(expected);
    const agents = await h.app.database.query<{ name: string }>({
      label: 'test_agents',
      text: 'select external_id as name from agents where organization_id = $1 and external_id like $2',
      values: [id, `% ${round}`],
    });
    expect(agents).toEqual([{ name: `${first} ${round}` }]);
  }
  expect(await wrongCounters(h.app.database, id)).toEqual([]);
});
