import { expect, test } from 'vitest';
import { typeScriptTypes } from '../../.config/sql/compare.ts';
import { useApp } from '../support/harness.ts';

const parley = useApp();

const samples: Record<string, string> = {
  uuid: "'019aa000-0000-7000-8000-000000000000'",
  text: "'a'",
  'character varying': "'a'",
  numeric: '1.5',
  smallint: '1',
  integer: '1',
  bigint: '9007199254740991',
  'double precision': '1.5',
  boolean: 'true',
  'timestamp with time zone': "'2026-01-01T00:00:00Z'",
  bytea: "'\\x00'",
  'text[]': "array['a', 'b']",
  'uuid[]': "array['019aa000-0000-7000-8000-000000000000']",
  'integer[]': 'array[1]',
  'bigint[]': 'array[9007199254740991]',
  json: '\'{"a": 1}\'',
  jsonb: '\'{"a": 1}\'',
};

test.each(Object.entries(typeScriptTypes))('%s is read as %s', async (type, expected) => {
  const [row] = await parley.app.database.query<{ value: unknown }>({
    label: 'test_driver_type',
    text: `select ${samples[type]}::${type} as value`,
  });
  expect(nameOf(row?.value)).toBe(expected);
});

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return `${nameOf(value[0])}[]`;
  if (value instanceof Date) return 'Date';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value === 'object' ? 'JSON' : typeof value;
}
