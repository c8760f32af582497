import type { Database } from '../../database/database.ts';
import type { Check } from './check.ts';

interface Role {
  role: string;
  isSuperuser: boolean;
  /** May create temporary tables, as an import does. */
  temporary: boolean;
  /** May create tables, as a migration does, and sequences, as a new organization does. */
  create: boolean;
}

/** Each organization has a sequence, so the list could be long. */
const mostNamed = 10;

export const privileges: Check = {
  name: 'privileges',
  needsSchema: false,
  run: async (database) => {
    if (database.kind === 'embedded') return { state: 'ok', text: 'the embedded database has no other users' };
    const [found] = await database.query<Role>({
      label: 'doctor_role',
      text: `select current_user::text as role, rolsuper as "isSuperuser", has_database_privilege(current_database(), 'temporary') as temporary,
        coalesce(has_schema_privilege(current_schema(), 'create'), false) as create from pg_roles where rolname = current_user`,
    });
    if (found === undefined) throw new Error('the current role is missing');
    const missing = await missingPrivileges(database);
    if (!found.temporary) missing.push('temporary on the database');
    if (missing.length > 0)
      return { state: 'problem', text: `${found.role} lacks ${missing.join('; ')}`, action: `grant it to ${found.role}` };
    if (found.isSuperuser)
      return {
        state: 'note',
        text: `${found.role} is a superuser`,
        action: 'serve with a role that owns nothing and has only the privileges on the tables',
      };
    if (found.create)
      return {
        state: 'note',
        text: `${found.role} may create tables`,
        action: 'only parley migrate and parley org create need that: run them with another role than the server',
      };
    return {
      state: 'ok',
      text: `${found.role} has what serving needs, and may not create tables: run parley migrate and parley org create with another role`,
    };
  },
};

/** Returns the privileges on Parley's tables, views and sequences that the role lacks, such as `insert, update on events, messages`. */
async function missingPrivileges(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string; missing: string }>({
    label: 'doctor_privileges',
    text: `select c.relname::text as name, string_agg(p.privilege, ', ' order by p.place) as missing from pg_class c
      cross join lateral unnest(case c.relkind when 'S' then array['usage'] when 'v' then array['select'] else array['select', 'insert', 'update', 'delete'] end)
        with ordinality as p (privilege, place)
      where c.relnamespace = current_schema()::regnamespace and case c.relkind
        when 'S' then not has_sequence_privilege(c.oid, p.privilege)
        when 'i' then false
        else (c.relname = 'organizations' or exists(select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id'))
          and c.relkind in ('r', 'p', 'v') and not has_table_privilege(c.oid, p.privilege) end
      group by c.relname order by c.relname`,
  });
  return [...Map.groupBy(rows, ({ missing }) => missing)].map(([missing, lacking]) => {
    const names = lacking.slice(0, mostNamed).map(({ name }) => name);
    const more = lacking.length > mostNamed ? ` and ${lacking.length - mostNamed} more` : '';
    return `${missing} on ${names.join(', ')}${more}`;
  });
}
