import { expect, test } from 'vitest';
import { eventKinds } from '../../../support/event-kinds.ts';
import { useApp } from '../../../support/harness.ts';
import { chatLine, phoneLine } from '../../../support/lines.ts';
import { exportedLine, merge, wrongCounters } from './merging.ts';

const h = useApp();
const database = () => h.app.database;
const later = '2026-02-01T00:00:00Z';

test('the count, the first and the last message are right for lines in any order', async () => {
  const { id } = await h.tenant();
  const at = (externalId: string, createdAt: string) => phoneLine({ externalId, createdAt });
  await merge(database(), id, [at('b', '2026-01-02T00:00:00Z'), at('d', '2026-01-04T00:00:00Z'), at('d2', '2026-01-04T00:00:00Z')]);
  expect(await wrongCounters(database(), id)).toEqual([]);
  await merge(database(), id, [at('a', '2026-01-01T00:00:00Z'), at('c', '2026-01-03T00:00:00Z')]);
  expect(await wrongCounters(database(), id)).toEqual([]);
  await merge(database(), id, [at('e', '2026-01-05T00:00:00Z'), chatLine({})]);
  expect(await wrongCounters(database(), id)).toEqual([]);
});

test('title, agent and metadata come from the last line that gives them, consent from the latest answer', async () => {
  const { id } = await h.tenant();
  const consent = (optedIn: boolean, day: number) => ({ optedIn, at: `2026-01-0${day}T00:00:00Z` });
  await merge(database(), id, [
    phoneLine({ externalId: 'a', metadata: { v: 1 }, consent: consent(true, 3), agent: { externalId: 'x', name: 'X' } }),
    phoneLine({ externalId: 'b', metadata: { v: 2 }, consent: consent(false, 2), createdAt: '2025-12-31T00:00:00Z' }),
  ]);
  expect(await exportedLine(database(), id, 'a')).toMatchObject({
    metadata: { v: 2 },
    consent: consent(true, 3),
    agent: { externalId: 'x', name: 'X' },
  });
  expect(await exportedLine(database(), id, 'b')).toMatchObject({ consent: consent(false, 2) });
  await merge(database(), id, [
    phoneLine({ externalId: 'c', consent: consent(false, 3), agent: { externalId: 'x', name: 'Xenia' }, createdAt: later }),
  ]);
  expect(await exportedLine(database(), id, 'c')).toMatchObject({
    metadata: { v: 2 },
    consent: consent(false, 3),
    agent: { externalId: 'x', name: 'Xenia' },
  });
  expect((await eventKinds(database(), id)).slice(-2)).toEqual(['MESSAGE_RECORDED', 'CONVERSATION_UPDATED']);
});
