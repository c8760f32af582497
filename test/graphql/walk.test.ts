import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const contact = (index: number) => `+1555000${String(1000 + index)}`;
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
const second = fc.integer({ min: 0, max: 40 });

interface Step {
  size: number;
  /** Lines recorded before the page is requested: contact and time. */
  arrivals: [number, number][];
}

const steps = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 4 }),
    arrivals: fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), second), { maxLength: 2 }),
  }),
  {
    minLength: 1,
    maxLength: 6,
  },
);

/** Walks a list to its end, forward or backward; the steps repeat, the last ones without arrivals. */
async function walk(
  tenant: Tenant,
  plan: Step[],
  backward: boolean,
  page: (args: string, cursor: string | null) => Promise<WalkPage>,
): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let turn = 0; ; turn++) {
    const { size, arrivals } = plan[turn % plan.length] as Step;
    if (turn < plan.length && arrivals.length > 0) {
      await parley.importLines(
        tenant,
        arrivals.map(([index, time]) => phoneLine({ contactNumber: contact(index), createdAt: at(time) })),
      );
    }
    const { nodes, pageInfo } = await page(backward ? `last: ${size}, before: $cursor` : `first: ${size}, after: $cursor`, cursor);
    seen.push(...nodes.map(({ id }) => id));
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return seen;
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

interface WalkPage {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const fields = 'nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

test('a walk meets no conversation twice and misses none that did not change, while others move', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(second, { minLength: 1, maxLength: 10 }), steps, async (times, plan) => {
      const tenant = await parley.tenant();
      await parley.importLines(
        tenant,
        times.map((time, index) => phoneLine({ contactNumber: contact(index), createdAt: at(time) })),
      );
      const seen = await walk(tenant, plan, false, async (args, cursor) => {
        const { data, errors } = await parley.graphql(tenant.key, `query ($cursor: String) { conversations(${args}) { ${fields} } }`, {
          cursor,
        });
        expect(errors).toBeUndefined();
        return data.conversations;
      });
      expect(new Set(seen).size).toBe(seen.length);
      const moved = new Set(plan.flatMap(({ arrivals }) => arrivals.map(([index]) => contact(index))));
      const { data } = await parley.graphql(tenant.key, '{ conversations(first: 200) { nodes { id contactNumber } } }');
      for (const { id, contactNumber } of data.conversations.nodes) {
        if (!moved.has(contactNumber)) expect(seen).toContain(id);
      }
    }),
    { numRuns: 25 },
  );
});

test.each([false, true])(
  'messages recorded while a walk goes on (backward: %s): each that was there is met once, none twice',
  async (backward) => {
    await fc.assert(
      fc.asyncProperty(fc.array(second, { minLength: 1, maxLength: 14 }), steps, async (times, plan) => {
        const tenant = await parley.tenant();
        await parley.importLines(
          tenant,
          times.map((time) => phoneLine({ contactNumber: contact(0), createdAt: at(time) })),
        );
        const ids = async () => {
          const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id messages(first: 200) { nodes { id } } } } }');
          return data.conversations.nodes[0] as { id: string; messages: { nodes: { id: string }[] } };
        };
        const { id, messages } = await ids();
        const intoOne = plan.map(({ size, arrivals }) => ({ size, arrivals: arrivals.map(([, time]): [number, number] => [0, time]) }));
        const seen = await walk(tenant, intoOne, backward, async (args, cursor) => {
          const query = `query ($id: ID!, $cursor: String) { conversation(id: $id) { messages(${args}) { ${fields} } } }`;
          const { data, errors } = await parley.graphql(tenant.key, query, { id, cursor });
          expect(errors).toBeUndefined();
          return data.conversation.messages;
        });
        expect(new Set(seen).size).toBe(seen.length);
        for (const each of messages.nodes) expect(seen).toContain(each.id);
      }),
      { numRuns: 25 },
    );
  },
);
