import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { openStream, type Stream } from './stream.ts';

const parley = useApp({ maxStreams: { perKey: 3, perOrganization: 5 } });
const recorded = 'subscription { messageRecorded { message { body } } }';

const open = (key: string, count: number) => Promise.all(Array.from({ length: count }, () => openStream(parley.app, key, recorded)));

async function expectRefused(stream: Stream, sentence: string): Promise<void> {
  expect(await stream.next()).toMatchObject({ errors: [{ message: sentence, extensions: { code: 'RATE_LIMITED' } }] });
  expect(await stream.next()).toBeNull();
}

test('limits the streams of a key and of an organization; a closed one makes room', async () => {
  const tenant = await parley.tenant();
  const other = await parley.key(tenant.id);
  const ofKey = await open(tenant.key, 3);
  const more = () => openStream(parley.app, tenant.key, recorded);
  await expectRefused(await more(), 'this API key has 3 streams open already: close one, then subscribe again');
  const ofOther = await open(other, 2);
  await expectRefused(
    await openStream(parley.app, other, 'subscription { conversationChanged { cursor } }'),
    'this organization has 5 streams open already: close one, then subscribe again',
  );
  // The limit does not affect another organization.
  const [stranger] = await open((await parley.tenant()).key, 1);
  await stranger?.close();

  await ofKey[0]?.close();
  const late = await more();
  await parley.importLines(tenant, [phoneLine({ body: 'to all' })]);
  for (const stream of [...ofKey.slice(1), ...ofOther, late]) {
    expect(await stream.take()).toEqual({ message: { body: 'to all' } });
    await stream.close();
  }
});
