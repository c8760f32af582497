// The import format as people read it: `parley import --help`, the page and its sample.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineFields } from '../../src/modules/message/ingest/read/message-draft.ts';
import { readMessageLine } from '../../src/modules/message/ingest/read/read-draft.ts';
import { importFields } from '../../src/values/import-format.ts';
import { parley, root, useOperator } from './parley.ts';

const operator = useOperator();

test('describes each field of a line, and only those', () => {
  expect(importFields.map(({ name }) => name).toSorted()).toEqual(Object.keys(lineFields).toSorted());
});

test('says which fields a line must have', () => {
  const given = { phoneNumber: '+15551112222', contactNumber: '+15554443333' };
  const read = readMessageLine(given);
  const missing = 'problems' in read ? read.problems.map(({ path }) => path) : [];
  expect(importFields.flatMap(({ name, required }) => (required ? [name] : []))).toEqual(missing);
});

test('--help has a line for each field', async () => {
  const { code, stdout } = await parley(operator.env, ['import', '--help']);
  expect(code).toBe(0);
  for (const { name, form } of importFields) expect(stdout).toMatch(new RegExp(`^  [* ] ${name} +${form}$`, 'm'));
  expect(stdout).toContain('/docs/import');
});

test('the sample is imported', async () => {
  const { id } = JSON.parse((await parley(operator.env, ['org', 'create', '--name', 'Sample', '--json'])).stdout);
  const sample = join(root, 'src/web/assets/sample.ndjson');
  const { code, stdout, stderr } = await parley(operator.env, ['import', sample, '--org', id, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ read: 6, imported: 6, refused: 0, conversations: 2 });
});
