import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { outcomes, record } from './recording.ts';

const parley = useApp();

/** Returns the number of turns of the event loop during `work`. */
async function turns(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  let done = false;
  const counting = (async () => {
    while (!done) {
      await setImmediate();
      count++;
    }
  })();
  await work();
  done = true;
  await counting;
  return count;
}

test('messages of a request are inserted by statements of at most 1 MiB, all in one transaction', async () => {
  const { id, key } = await parley.tenant();
  const lines = Array.from({ length: 100 }, () => phoneLine({ body: '手机'.repeat(5_000) }));
  const labels = await parley.statements(async () => expect(await outcomes(parley, key, lines)).toEqual(lines.map(() => 'CREATED')));
  const inserts = labels.filter((label) => label === 'ingest_add_messages').length;
  expect(inserts).toBeGreaterThan(10);
  const rows = await parley.app.database.query({
    label: 'test_transactions',
    text: 'select distinct xmin::text from messages where organization_id = $1',
    values: [id],
  });
  expect(rows).toHaveLength(1);
});

test('short messages take one statement', async () => {
  const { key } = await parley.tenant();
  const lines = Array.from({ length: 100 }, (_, index) => phoneLine({ body: `short ${index}` }));
  const labels = await parley.statements(() => record(parley, key, lines));
  expect(labels.filter((label) => label === 'ingest_add_messages')).toHaveLength(1);
});

test('other work runs while a large request is read and recorded', async () => {
  const { key } = await parley.tenant();
  const lines = Array.from({ length: 150 }, () => phoneLine({ body: 'e'.padEnd(10_000, '\u0301') }));
  // Some 3 MB: a turn after each four messages, once to read them and once to record them.
  expect(await turns(() => outcomes(parley, key, lines))).toBeGreaterThan(60);
});

test('edits of a request are written by statements of at most 1 MiB', async () => {
  const { key } = await parley.tenant();
  const lines = Array.from({ length: 60 }, () => phoneLine({}));
  await record(parley, key, lines);
  const edits = lines.map((line) => ({ ...line, body: '手机'.repeat(5_000), editedAt: '2026-03-01T00:00:00Z' }));
  const labels = await parley.statements(async () => expect(await outcomes(parley, key, edits)).toEqual(edits.map(() => 'UPDATED')));
  expect(labels.filter((label) => label === 'ingest_change_messages').length).toBeGreaterThan(5);
});
