import type { Queryable } from '../../../database/database.ts';
import { columns } from '../../../database/source.ts';
import { nilUuid } from '../../../values/ids.ts';
import { messageColumnList, storedFields } from '../store/message-columns.ts';
import type { ExportRow } from './row.ts';

const beforeAll = {
  conversationId: nilUuid,
  createdAt: new Date(0),
  id: nilUuid,
};

/** Returns a page of visible messages with all fields of their lines, in the order of (conversation, time, id). */
export function exportPage(database: Queryable, organizationId: string, after: ExportRow | undefined, limit: number): Promise<ExportRow[]> {
  const { conversationId, createdAt, id } = after ?? beforeAll;
  return database.query({ label: 'export_page', text: statement, values: [organizationId, conversationId, createdAt, id, limit] });
}

const participantJson = (
  alias: string,
) => `json_build_object('kind', ${alias}.kind, 'externalId', ${alias}.external_id, 'contactNumber', ${alias}.contact_number,
  'firstName', ${alias}.first_name, 'lastName', ${alias}.last_name, 'title', ${alias}.title, 'avatarUrl', ${alias}.avatar_url,
  'department', ${alias}.department, 'unit', ${alias}.unit)`;

const agentJson = (alias: string) =>
  `case when ${alias}.id is not null then json_build_object('externalId', ${alias}.external_id, 'name', ${alias}.name) end`;

// Each detail of a conversation is exported with one of its messages: metadata and the latest consent with the last one, an older consent with the first one,
// the agent with the last one whose author the agent does not change.
const statement = `with page as materialized (
    select m.* from (
      select organization_id, id, conversation_id, author_id, reply_to_id, ${messageColumnList.map(({ name }) => name).join(', ')}
      from visible_messages
      where organization_id = $1 and (conversation_id, created_at, id) > ($2::uuid, $3::timestamptz, $4::uuid)
      order by conversation_id, created_at, id limit $5) m),
  places as materialized (
    select c.id, c.type, c.external_id, c.title, n.number as phone_number, c.contact_number, c.metadata, c.last_message_id, first.id as first_message_id,
      ${agentJson('a')} as agent, carrier.id as agent_message_id, s.opted_in, s.opted_in_at, s.opted_out_at
    from (select distinct conversation_id from page) p
    join conversations c on c.organization_id = $1 and c.id = p.conversation_id
    left join phone_numbers n on n.organization_id = $1 and n.id = c.phone_number_id
    left join consents s on s.organization_id = $1 and s.phone_number_id = c.phone_number_id and s.contact_number = c.contact_number
    left join agents a on a.organization_id = $1 and a.id = c.agent_id
    left join lateral (select id from visible_messages where organization_id = $1 and conversation_id = c.id order by created_at, id limit 1) first on true
    left join lateral (select m.id from visible_messages m
      join participants w on w.organization_id = $1 and w.id = m.author_id and w.kind <> 'ORGANIZATION'
      where c.agent_id is not null and m.organization_id = $1 and m.conversation_id = c.id order by m.created_at desc, m.id desc limit 1) carrier on true)
  select m.id, m.conversation_id as "conversationId", ${columns('m', storedFields)}, t.external_id as "replyTo",
    p.type, p.external_id as "chatId", p.title, p.phone_number as "phoneNumber", p.contact_number as "contactNumber",
    case when m.id = p.last_message_id then p.metadata end as metadata,
    m.id = p.last_message_id as "isLast", m.id = p.first_message_id as "isFirst",
    p.opted_in as "optedIn", p.opted_in_at as "optedInAt", p.opted_out_at as "optedOutAt",
    ${participantJson('w')} as author, ${agentJson('wa')} as "authorAgent",
    case when m.id = p.agent_message_id then p.agent end as "conversationAgent",
    attachments.list as attachments, reactions.list as reactions
  from page m
  join places p on p.id = m.conversation_id
  join participants w on w.organization_id = $1 and w.id = m.author_id
  left join agents wa on wa.organization_id = $1 and wa.id = w.agent_id
  left join visible_messages t on t.organization_id = $1 and t.id = m.reply_to_id
  left join lateral (select json_agg(json_build_object('name', name, 'mime', mime, 'size', size, 'url', url, 'width', width, 'height', height,
      'duration', duration) order by position) as list
    from visible_attachments where organization_id = $1 and message_id = m.id) attachments on true
  left join lateral (select json_agg(json_build_object('type', r.type, 'fromNumber', r.from_number, 'direction', r.direction, 'createdAt', r.created_at,
      'author', ${participantJson('rw')}, 'agent', ${agentJson('ra')}) order by r.created_at, r.id) as list
    from reactions r
    join participants rw on rw.organization_id = $1 and rw.id = r.author_id
    left join agents ra on ra.organization_id = $1 and ra.id = rw.agent_id
    where r.organization_id = $1 and r.message_id = m.id and m.deleted_at is null) reactions on true
  order by m.conversation_id, m.created_at, m.id`;
