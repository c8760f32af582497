// Facts that the check of SQL cannot find by itself, each with its reason. An entry that nothing needs any more is refused.

/** Values of names that a statement's text has from its function, as TypeScript in the scope of the module. By the end of the file's path. */
export const samples: Record<string, string[]> = {
  'database/outside-transaction.ts': ["{ sql: 'select 1', index: 'x' }"],
  'participant/commands/ensure-workplaces.ts': ["{ table: 'departments' }", "{ table: 'units' }"],
  'event/store/read-page.ts': [
    "{ query: { organizationId: '', after: null, before: null, limit: 1, fromEnd: false, kinds: null, conversationId: null, counted: false } }",
    "{ query: { organizationId: '', after: { transactionId: 1, id: 1 }, before: { transactionId: 2, id: 1 }, limit: 1, fromEnd: true, kinds: ['MESSAGE_RECORDED', 'MESSAGE_UPDATED'], conversationId: '', counted: true } }",
  ],
  'resolve-replies.ts': [
    "{ label: 'ingest_resolve_new_replies', condition: 'm.id = any($2::uuid[])' }",
    "{ label: 'ingest_resolve_stored_replies', condition: 'm.reply_to_external_id = any($2::text[])' }",
  ],
  'rank-messages.ts': [
    "{ label: 'ingest_lock_numbers', verb: 'pg_advisory_xact_lock' }",
    "{ label: 'ingest_share_numbers', verb: 'pg_advisory_xact_lock_shared' }",
  ],
  'import-file/check-stage.ts': [
    "{ label: 'analyze', text: 'analyze import_lines' }",
    "{ label: 'types_in_file', text: typesInFile }",
    "{ label: 'types_stored', text: typesStored }",
    "{ label: 'replies', text: replies }",
    "{ label: 'index', text: 'create index on import_lines (line) where field is not null' }",
  ],
};

/** Columns that the database computes or declares nullable and that are never null, as `label.column`, by the reason. */
export const neverNull: Record<string, string[]> = {
  'exists, count, coalesce, a comparison with null, a lock or a snapshot: PostgreSQL never makes it null': [
    'api_key_revoke.changed',
    'changes.hasEarlier',
    'changes.hasLater',
    'changes.horizon',
    'conversation_count_unread.count',
    'demo_keys.valid',
    'events_end.horizon',
    'events_now.snapshot',
    'events_read.readable',
    'generate_filled.filled',
    'import_check_count.count',
    'import_count_touched.count',
    'ingest_update_conversations.changed',
    'migration_lock.acquired',
    'migration_table.exists',
    'typing_notify.agent',
    'typing_notify.conversation',
    'typing_notify.participant',
    'unread_messages.unreadMessageCount',
    'work_lock.acquired',
  ],
  'every writer gives a list: Prisma declares its list columns without "not null"': [
    'api_key_look_up.scopes',
    'api_key_end.scopes',
    'api_key_list.scopes',
    'api_key_lock.scopes',
    'api_key_revoke.scopes',
    'api_keys.scopes',
    'export_page.mediaUrls',
    'messages.mediaUrls',
  ],
  'the cast of a column that is not null': ['foreign_tables.name'],
  'an item of an array without nulls that the statement was given': [
    'events_read.feed',
    'ingest_find_conversations.key',
    'ingest_find_participants.key',
    'ingest_find_messages.conversationId',
    'ingest_find_messages.externalId',
    'ingest_last_ranks.at',
    'ingest_last_ranks.number',
  ],
  'the part of a union, each of a column that is not null': [
    'ingest_find_conversations.id',
    'ingest_find_conversations.type',
    'ingest_find_participants.id',
  ],
  'without an event the one row of the outer join has nulls: readEventPage drops it': [
    'changes.id',
    'changes.kind',
    'changes.occurredAt',
    'changes.transactionId',
  ],
  'of the message of the page: the message that it replies to is joined from the same view and may be missing': [
    'export_page.channel',
    'export_page.conversationId',
    'export_page.createdAt',
    'export_page.direction',
    'export_page.externalId',
    'export_page.id',
    'export_page.kind',
    'export_page.segmentCount',
  ],
  'JSON of a row that exists': ['export_page.author', 'reaction_target.conversation'],
  'a conversation of a page has a first and a last message': ['export_page.isFirst', 'export_page.isLast'],
  'the condition of the statement: a refused line has both': ['import_staged_refusals.field', 'import_staged_refusals.reason'],
  "a participant has a number, an agent or a name, or is the organization: the database's checks": [
    'conversation_participants.name',
    'participants.name',
  ],
};

/** Statements that read a table of a tenant without `organization_id = $1`, by the reason: `label`, or `label.table` for one table. */
export const otherOrganizations: Record<string, string[]> = {
  'the work of the gateway or its operator, on all organizations': [
    'event_reader_organizations',
    'organization_list',
    'reindex_read',
    'reindex_write',
    'search_salt_organizations',
    'search_tokens_clear',
  ],
  'one statement reads for all organizations whose streams are open; each part compares its own': ['events_read'],
  'the look-up of a request finds its organization by the hash of its key': ['api_key_look_up'],
  'the demo looks for its own keys, by their hashes': ['demo_keys', 'demo_served'],
};
