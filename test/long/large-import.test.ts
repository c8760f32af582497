import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFile } from '../../src/modules/message/import-file/import-file.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { needsPostgres } from './postgres-only.ts';

needsPostgres();
const parley = useApp();

test('imports 830 lines of 10,000 U+337F', async () => {
  const { id } = await parley.tenant();
  const folder = await mkdtemp(join(tmpdir(), 'parley-long-'));
  try {
    const file = join(folder, 'lines.ndjson');
    const lines = Array.from({ length: 830 }, () => JSON.stringify(phoneLine({ body: '㍿'.repeat(10_000) })));
    await writeFile(file, lines.join('\n'));
    const result = await importFile(parley.app.database, id, file, { skipInvalid: false, onRefused: () => {}, onProgress: () => {} });
    expect(result).toMatchObject({ read: 830, imported: 830, refused: 0 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
