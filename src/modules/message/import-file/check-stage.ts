import type { Session } from '../../../database/database.ts';

interface StagedRefusal {
  line: number;
  field: string;
  reason: string;
}

/**
 * Refuses the staged lines that contradict each other or stored data: a chat of another type, a reply without a target in its conversation.
 * @returns the number of refused lines
 */
export async function checkStage(session: Session, organizationId: string): Promise<number> {
  const run = (label: string, text: string, values: unknown[] = []) => session.query({ label: `import_check_${label}`, text, values });
  await run('analyze', 'analyze import_lines');
  await run('types_in_file', typesInFile);
  await run('types_stored', typesStored, [organizationId]);
  // Refusing a line makes the replies to it invalid.
  while ((await run('replies', replies, [organizationId])).length > 0);
  await run('index', 'create index on import_lines (line) where field is not null');
  const [row] = await session.query<{ count: number }>({
    label: 'import_check_count',
    text: 'select count(*) from import_lines where field is not null',
  });
  return row?.count ?? 0;
}

/** Returns a page of the refused lines after `line`, in their order. */
export function stagedRefusals(session: Session, line: number, limit: number): Promise<StagedRefusal[]> {
  return session.query({
    label: 'import_staged_refusals',
    text: 'select line, field, reason from import_lines where field is not null and line > $1 order by line limit $2',
    values: [line, limit],
  });
}

const typesInFile = `update import_lines l set field = 'conversation.type', reason = 'line ' || f.line || ' calls this conversation a ' || lower(f.type) || ' one'
  from (select distinct on (conversation) conversation, type, line from import_lines where type <> 'PHONE' and field is null
    order by conversation, line) f
  where f.conversation = l.conversation and f.type <> l.type and l.field is null`;

const typesStored = `update import_lines l set field = 'conversation.type', reason = 'this conversation is a ' || lower(c.type::text) || ' one'
  from conversations c
  where l.type <> 'PHONE' and c.organization_id = $1 and c.external_id = substr(l.conversation, 6) and c.type::text <> l.type and l.field is null`;

const replies = `update import_lines l set field = 'replyTo', reason = 'is no message of this conversation, in this file or stored'
  where l.reply_to is not null and l.field is null
    and not exists (select from import_lines t where t.external_id = l.reply_to and t.conversation = l.conversation and t.field is null)
    and not exists (select from conversations c
      join messages m on m.organization_id = $1 and m.conversation_id = c.id and m.external_id = l.reply_to
      where l.type <> 'PHONE' and c.organization_id = $1 and c.external_id = substr(l.conversation, 6))
    and not exists (select from phone_numbers n
      join conversations c on c.organization_id = $1 and c.phone_number_id = n.id and c.contact_number = substr(l.conversation, strpos(l.conversation, ' ') + 1)
      join messages m on m.organization_id = $1 and m.conversation_id = c.id and m.external_id = l.reply_to
      where l.type = 'PHONE' and n.organization_id = $1 and n.number = split_part(l.conversation, ' ', 1))
  returning l.line`;
