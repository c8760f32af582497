import { expect, test } from 'vitest';
import { Loaders } from '../../src/database/loaders.ts';
import { type AgentRow, agentSource } from '../../src/modules/agent/store/rows.ts';
import { attachmentsOfMessage, type MessageRow, messageSource } from '../../src/modules/message/store/rows.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();

test('row and rows of one source do not share a loader', async () => {
  const tenant = await parley.tenant();
  const attachment = { mime: 'image/png', size: 1, url: 'https://example.com/a.png' };
  await parley.importLines(tenant, [
    phoneLine({
      attachments: [
        { ...attachment, name: 'first' },
        { ...attachment, name: 'second' },
      ],
    }),
  ]);
  const [message] = await parley.app.database.query<{ id: string }>({
    label: 'test_message',
    text: 'select id from visible_messages where organization_id = $1',
    values: [tenant.id],
  });
  const loaders = new Loaders(parley.app.database, tenant.id);
  const id = message?.id ?? '';
  const [all, one] = await Promise.all([loaders.rows(attachmentsOfMessage, id), loaders.row(attachmentsOfMessage, id)]);
  expect(all.map(({ name }) => name)).toEqual(['first', 'second']);
  expect(one?.name).toBe('second');
});

test('a row of another source does not compile', () => {
  const pairs = (loaders: Loaders) => {
    const agent: Promise<AgentRow | null> = loaders.row(agentSource, '');
    // @ts-expect-error: the rows of this source are messages.
    const message: Promise<AgentRow | null> = loaders.row(messageSource, '');
    // @ts-expect-error: the rows of this source are agents.
    const other = loaders.row<MessageRow>(agentSource, '');
    const { label, columns, from, organization, key } = agentSource;
    // @ts-expect-error: it is no source, because it has no row type.
    const untyped = loaders.row({ label, columns, from, organization, key }, '');
    return [agent, message, other, untyped];
  };
  expect(pairs).toBeTypeOf('function');
});
