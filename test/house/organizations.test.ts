import { expect, test } from 'vitest';
import { unwalledTables } from '../../.config/sql/organizations.ts';

const tables = new Set(['agents', 'messages', 'organizations', 'consents']);

test.each([
  'select 1 from agents where organization_id = $1',
  'select 1 from agents a where a.organization_id = $1::uuid and a.id = $2',
  'select 1 from organizations o where o.id = $1',
  'select 1 from agents a join messages m on m.organization_id = $1 and m.author_id = a.id where a.organization_id = $1',
  'select 1 from agents a, messages as m where m.organization_id = $1 and (a.id = m.id and a.organization_id = $1)',
  'select 1 from agents a where a.organization_id = $1 and exists(select from consents where organization_id = $1)',
  'select 1 from unnest($2::uuid[]) with ordinality x (id, place) join agents a on a.organization_id = $1 and a.id = x.id',
  'with gone as (delete from agents where organization_id = $1 returning id) select id from gone',
  'update agents a set name = b.name from messages b where a.organization_id = $1 and b.organization_id = $1',
  'select id from agents where organization_id = $1 for no key update',
  'insert into agents (organization_id, id) values ($1, $2) on conflict do update set id = excluded.id',
  "select 'from messages' from agents where organization_id = $1 -- from consents",
  'select 1 from other_table where id = $1',
  'select 1 from agents where organization_id = $1 and name is distinct from messages',
])('accepts %s', (text) => expect(unwalledTables(text, tables)).toEqual([]));

test.each([
  ['select 1 from agents', ['agents']],
  ['select 1 from agents where organization_id = $2', ['agents']],
  ['select 1 from agents a where b.organization_id = $1', ['agents']],
  ['select 1 from organizations where name = $1', ['organizations']],
  ['select 1 from agents a join messages m on m.author_id = a.id where a.organization_id = $1', ['messages']],
  ['select 1 from agents a join messages m on m.organization_id = a.organization_id where a.organization_id = $1', ['messages']],
  ['select 1 from agents a, messages m where a.organization_id = $1', ['messages']],
  ['select 1 from agents a where a.organization_id = $1 and exists(select from consents c where c.id = a.id)', ['consents']],
  ['select 1 from agents a where exists(select from consents c where c.organization_id = $1 and a.organization_id = $1)', ['agents']],
  ['select 1 from agents where organization_id = $1 union all select 1 from messages', ['messages']],
  ['select 1 from x left join lateral (select 1 from messages m where m.id = x.id) y on true', ['messages']],
  ['with gone as (delete from agents where id = $1 returning id) select id from gone', ['agents']],
  ['update agents set name = $2 where id = $1', ['agents']],
  ['update agents a set name = b.name from messages b where a.organization_id = $1', ['messages']],
  ['insert into agents (organization_id, id) select $1, id from messages', ['messages']],
])('refuses %s', (text, expected) => expect(unwalledTables(text, tables)).toEqual(expected));
