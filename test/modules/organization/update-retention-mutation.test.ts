import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy } from '../conversation/conversations.ts';

const parley = useApp();
const document =
  'mutation ($input: UpdateRetentionPolicyInput!) { updateRetentionPolicy(input: $input) { organization { retentionDays } } }';

test('is in force at once and for good, and each change is one event', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ createdAt: new Date(Date.now() - 40 * 86_400_000).toISOString() })]);
  const read = async () =>
    (await ask(parley, tenant.key, '{ conversations { nodes { lastMessage { body } } } }')).conversations.nodes[0].lastMessage.body;
  for (const [days, events, body] of [
    [90, ['RETENTION_CHANGED'], 'Hello'],
    [90, [], 'Hello'],
    [30, ['RETENTION_CHANGED'], null],
    [365, ['RETENTION_CHANGED'], null],
    [null, ['RETENTION_CHANGED'], null],
    [null, [], null],
  ] as const) {
    const told = await eventsWrittenBy(parley, tenant, async () => {
      const { updateRetentionPolicy } = await ask(parley, tenant.key, document, { input: { days } });
      expect(updateRetentionPolicy.organization).toEqual({ retentionDays: days });
    });
    expect(told).toEqual(events);
    expect(await read()).toBe(body);
  }
});

test.each([
  ['absent', {}],
  ['zero', { days: 0 }],
  ['negative', { days: -1 }],
  ['a century and more', { days: 36_501 }],
])('%s is refused, and changes nothing', async (_name, input) => {
  const tenant = await parley.tenant(90);
  const told = await eventsWrittenBy(parley, tenant, async () => {
    const { data, errors } = await parley.graphql(tenant.key, document, { input });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.days' } }]);
  });
  expect(told).toEqual([]);
  expect(await ask(parley, tenant.key, '{ organization { retentionDays } }')).toEqual({ organization: { retentionDays: 90 } });
});

test('changes only the organization of the key', async () => {
  const [one, other] = [await parley.tenant(90), await parley.tenant(90)];
  await ask(parley, one.key, document, { input: { days: 7 } });
  expect(await ask(parley, other.key, '{ organization { retentionDays } }')).toEqual({ organization: { retentionDays: 90 } });
});
