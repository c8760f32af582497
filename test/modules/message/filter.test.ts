import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();

test('channels: a repeated one is asked for once, which its statement shows: the same as without', async () => {
  const { id, key } = await parley.tenant();
  await parley.importLines({ id }, [
    phoneLine({ body: 'needle' }),
    phoneLine({ body: 'needle', channel: 'rcs' }),
    phoneLine({ channel: 'whatsapp' }),
  ]);
  const channels = ['SMS', 'RCS'];
  const variables = { channels, repeated: Array.from({ length: 1_000 }, () => channels).flat() };
  const shown = '{ totalCount nodes { channel } }';
  const expected = { totalCount: 2, nodes: [{ channel: 'SMS' }, { channel: 'RCS' }] };
  const document = `query ($channels: [Channel!], $repeated: [Channel!]) { conversations { nodes {
    once: messages(filter: { channels: $channels }) ${shown}
    often: messages(filter: { channels: $repeated }) ${shown} } } }`;
  const statements = await parley.statements(async () => {
    const { data } = await parley.graphql(key, document, variables);
    expect(data.conversations.nodes).toEqual([{ once: expected, often: expected }]);
  });
  expect(statements.filter((label) => label === 'messages')).toHaveLength(1);
});
