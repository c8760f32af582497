// Statements whose row types or conditions are wrong in one way each: see sql-check.test.ts.
import type { Queryable } from '../../src/database/database.ts';
import { source } from '../../src/database/source.ts';

const ofAgent = 'from agents where organization_id = $1 and id = $2';

export function right(database: Queryable) {
  return [
    database.query<{ id: string; name: string; createdAt: Date }>({
      label: 'right',
      text: `select id, name, created_at as "createdAt" ${ofAgent}`,
    }),
    database.query<{ name: string; agent: string | null; asked?: boolean }>({
      label: 'right_outer_join',
      text: `select c.contact_number as name, a.name as agent from consents c left join agents a on a.organization_id = $1 and a.id = $2
        where c.organization_id = $1`,
    }),
    database.query<{ kind: 'NORMAL' | 'SERVICE'; body: string | null }>({
      label: 'right_view',
      text: 'select kind, body from visible_messages where organization_id = $1',
    }),
  ];
}

export function wrong(database: Queryable, table: string) {
  return [
    database.query<{ id: number }>({ label: 'wrong_type', text: `select id ${ofAgent}` }),
    database.query<{ id: string; name: string }>({ label: 'missing_column', text: `select id ${ofAgent}` }),
    database.query<{ id: string }>({ label: 'unclaimed_column', text: `select id, name ${ofAgent}` }),
    database.query<{ title: string }>({ label: 'nullable', text: 'select title from participants where organization_id = $1' }),
    database.query<{ name: string }>({
      label: 'nullable_by_join',
      text: `select a.name from consents c left join agents a on a.organization_id = $1 and a.id = $2 where c.organization_id = $1`,
    }),
    database.query<{ body: string }>({ label: 'nullable_in_view', text: 'select body from visible_messages where organization_id = $1' }),
    database.query<{ total: number }>({
      label: 'computed',
      text: 'select max(segment_count) as total from visible_messages where organization_id = $1',
    }),
    database.query<{ kind: 'NORMAL' }>({ label: 'narrow_enum', text: 'select kind from visible_messages where organization_id = $1' }),
    database.query<{ sum: number }>({
      label: 'numeric',
      text: 'select coalesce(sum(number), 0) as sum from visible_messages where organization_id = $1',
    }),
    database.query<{ at: string }>({ label: 'unparsed', text: 'select localtime as at' }),
    database.query({ label: 'no_such_column', text: 'select surname from participants where organization_id = $1' }),
    database.query({ label: 'unknown_text', text: `select id from ${table}` }),
    database.query({ label: 'no_organization', text: 'select 1 from agents where id = $1' }),
  ];
}

export const wrongSource = source<{ id: string; name: string | null; archived: boolean }>({
  label: 'wrong_source',
  columns: 'a.id, a.name',
  from: 'agents a join participants p on p.organization_id = a.organization_id and p.agent_id = a.id',
  organization: 'a.organization_id',
  key: 'a.id',
});
