import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { openStream } from './stream.ts';

const parley = useApp();

const recorded =
  'subscription ($id: ID, $after: String) { messageRecorded(conversationId: $id, after: $after) { cursor message { id body conversation { messageCount } } } }';

test('an import arrives, each message once and in its order', async () => {
  const tenant = await parley.tenant();
  const stream = await openStream(parley.app, tenant.key, recorded);
  await parley.importLines(tenant, [phoneLine({ body: 'one' }), phoneLine({ body: 'two', createdAt: '2020-01-01T00:00:00Z' })]);
  await parley.importLines(tenant, [phoneLine({ body: 'three' })]);
  expect((await stream.take()).message).toMatchObject({ body: 'one' });
  expect((await stream.take()).message).toMatchObject({ body: 'two' });
  expect((await stream.take()).message).toMatchObject({ body: 'three', conversation: { messageCount: 3 } });
  await stream.close();
});
