import { expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const ziik = client(parley);

const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();
const secret = {
  body: 'the secret of the house',
  attachments: [
    { name: 'secret.pdf', mime: 'application/pdf', size: 1, url: 'https://media.example/secret.pdf' },
    { name: 'secret.mp3', mime: 'audio/mpeg', size: 1, url: 'https://media.example/secret.mp3', duration: 1 },
  ],
  reactions: [{ type: 'love', direction: 'inbound', createdAt: days(1), author: { externalId: 'bo', firstName: 'Bo', lastName: 'Ek' } }],
};

/** Returns the answers of the three routes for a tenant's only conversation. */
async function seen(tenant: { id: string; key: string }) {
  const id = await ziik.latest(tenant);
  const { data } = await ziik.messages(tenant.key, id);
  const around = await ziik.messages(tenant.key, id, { starter_message_id: data[0]?.id ?? 0 });
  const found = await ziik.messages(tenant.key, id, { query: 'secret' });
  const everything = [data, around, found, await ziik.conversation(tenant.key, id), await ziik.conversations(tenant.key)];
  return { data, found: found.data, everything: JSON.stringify(everything) };
}

test('removes text, files, voice and search hits past the window, and keeps reactions', async () => {
  const tenant = await parley.tenant(30);
  await parley.importLines(tenant, [
    chatLine({ ...secret, externalId: 'old', createdAt: days(40) }),
    chatLine({ body: 'an answer', replyTo: 'old', createdAt: days(2) }),
    chatLine({ ...secret, createdAt: days(35) }),
  ]);
  const { data, found, everything } = await seen(tenant);
  expect(everything).not.toContain('secret');
  expect(found).toEqual([]);
  const redacted = { message: '', files: [], voice: null, deleted: false, reactions: [{ type: 'love', author: { name: 'Bo Ek' } }] };
  expect(data).toMatchObject([{ message: 'an answer', parent: { ...redacted, is_reply: false } }, redacted, redacted]);
});

test('a longer window restores nothing, a shorter one redacts more', async () => {
  const tenant = await parley.tenant(30);
  await parley.importLines(tenant, [chatLine({ ...secret, createdAt: days(40) }), chatLine({ ...secret, createdAt: days(20) })]);
  const counts = async () => {
    const { data, found } = await seen(tenant);
    return [data.filter(({ message }) => message !== '').length, data.filter(({ files }) => files.length > 0).length, found.length];
  };
  expect(await counts()).toEqual([1, 1, 1]);
  await updateRetention(parley.app.database, tenant.id, 90);
  expect(await counts()).toEqual([1, 1, 1]);
  await updateRetention(parley.app.database, tenant.id, 7);
  expect(await counts()).toEqual([0, 0, 0]);
  await updateRetention(parley.app.database, tenant.id, null);
  expect(await counts()).toEqual([0, 0, 0]);
});

test('redacts an erased contact’s messages as past the window', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [
    phoneLine({ body: null, redactedAt: days(1), reactions: [{ type: '👍', direction: 'inbound', createdAt: days(1) }] }),
  ]);
  const { data } = await seen(tenant);
  expect(data).toMatchObject([{ message: '', files: [], voice: null, deleted: false, reactions: [{ type: '👍' }] }]);
});

test('marks a deleted message, and removes its reactions too', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [
    chatLine({ ...secret, externalId: 'deleted', createdAt: days(3), deletedAt: days(1) }),
    chatLine({ body: 'an answer', replyTo: 'deleted', createdAt: days(2) }),
  ]);
  const { data, found, everything } = await seen(tenant);
  const redacted = { deleted: true, message: '', files: [], voice: null, reactions: [] };
  expect(data).toMatchObject([{ deleted: false, is_reply: true, parent: redacted }, redacted]);
  expect(found).toEqual([]);
  expect(everything).not.toContain('secret');
});

test('removes the media of a text message with its content', async () => {
  const tenant = await parley.tenant(30);
  await parley.importLines(tenant, [phoneLine({ body: null, mediaUrls: ['https://media.example/secret.png'], createdAt: days(31) })]);
  const { data, everything } = await seen(tenant);
  expect(data).toMatchObject([{ message: '', files: [] }]);
  expect(everything).not.toContain('secret');
});
