import { expect, test } from 'vitest';
import { eventKinds } from '../../../support/event-kinds.ts';
import { useApp } from '../../../support/harness.ts';
import { chatLine, phoneLine } from '../../../support/lines.ts';
import { exportedLine, merge } from './merging.ts';

const h = useApp();
const database = () => h.app.database;

test('a reply is linked to a message of its own conversation only', async () => {
  const { id } = await h.tenant();
  const outcomes = await merge(database(), id, [
    phoneLine({ externalId: 'a', body: 'one' }),
    phoneLine({ externalId: 'a', contactNumber: '+15550000008', body: 'two' }),
    chatLine({ externalId: 'a', body: 'three' }),
    chatLine({ externalId: 'b', replyTo: 'a' }),
  ]);
  expect(outcomes).toEqual(Array(4).fill('imported'));
  const { data } = await h.graphql(await h.key(id), '{ conversations { nodes { type messages { nodes { body replyTo { body } } } } } }');
  const chat = data.conversations.nodes.find(({ type }: { type: string }) => type === 'GROUP');
  expect(chat.messages.nodes).toEqual(expect.arrayContaining([expect.objectContaining({ replyTo: { body: 'three' } })]));
  expect(data.conversations.nodes).toHaveLength(3);
});

test('a reply is linked to its target in either order and across batches', async () => {
  const { id } = await h.tenant();
  await merge(database(), id, [phoneLine({ externalId: 'reply', replyTo: 'target' }), phoneLine({ externalId: 'target' })]);
  expect(await exportedLine(database(), id, 'reply')).toMatchObject({ replyTo: 'target' });
  await merge(database(), id, [phoneLine({ externalId: 'early', replyTo: 'late' })]);
  expect(await exportedLine(database(), id, 'early')).not.toHaveProperty('replyTo');
  await merge(database(), id, [phoneLine({ externalId: 'late' }), phoneLine({ externalId: 'after', replyTo: 'target' })]);
  expect(await exportedLine(database(), id, 'early')).toMatchObject({ replyTo: 'late' });
  expect(await exportedLine(database(), id, 'after')).toMatchObject({ replyTo: 'target' });
  expect((await eventKinds(database(), id)).slice(-3)).toEqual(['MESSAGE_RECORDED', 'MESSAGE_RECORDED', 'MESSAGE_UPDATED']);

  await merge(database(), id, [phoneLine({ externalId: 'stray', replyTo: 'elsewhere' })]);
  await merge(database(), id, [chatLine({ externalId: 'elsewhere' })]);
  expect(await exportedLine(database(), id, 'stray')).not.toHaveProperty('replyTo');
});
