interface Column {
  name: string;
  type: 'text' | 'text[]' | 'int' | 'timestamptz' | 'message_kind' | 'message_direction' | 'channel' | 'message_status';
  /** An update changes the column if it gives a value, or with each edit. Other columns never change. */
  update?: 'IF_GIVEN' | 'WITH_EDIT';
  /** The SQL value of a redacted message. Only content has one. */
  redacted?: string;
}

/**
 * The columns of a message that store a field of its draft, by the field. They make the statements that insert, update and list messages, and the line of an
 * export: enum values in lower case, times in RFC 3339.
 */
export const messageColumns = {
  externalId: { name: 'external_id', type: 'text' },
  createdAt: { name: 'created_at', type: 'timestamptz' },
  direction: { name: 'direction', type: 'message_direction' },
  channel: { name: 'channel', type: 'channel' },
  kind: { name: 'kind', type: 'message_kind' },
  status: { name: 'status', type: 'message_status', update: 'IF_GIVEN' },
  mediaUrls: { name: 'media_urls', type: 'text[]', redacted: "'{}'" },
  segmentCount: { name: 'segment_count', type: 'int', update: 'IF_GIVEN' },
  editedAt: { name: 'edited_at', type: 'timestamptz', update: 'IF_GIVEN' },
  deletedAt: { name: 'deleted_at', type: 'timestamptz', update: 'IF_GIVEN' },
  redactedAt: { name: 'redacted_at', type: 'timestamptz', update: 'IF_GIVEN' },
  body: { name: 'body', type: 'text', update: 'WITH_EDIT', redacted: 'null' },
} as const satisfies Record<string, Column>;

export type MessageField = keyof typeof messageColumns;

type UpdatedField = { [Field in MessageField]: (typeof messageColumns)[Field] extends { update: string } ? Field : never }[MessageField];

/** The columns with their fields, as a list. */
export const messageColumnList: readonly (Column & { field: MessageField })[] = Object.entries(messageColumns).map(([field, column]) => ({
  ...column,
  // `Object.entries` forgets the type of the keys.
  field: field as MessageField,
}));

export const storedFields = messageColumnList.map(({ field }) => field);

/** The fields of a draft that an update may change. */
export type UpdatedFields<Draft extends Record<MessageField, unknown>> = Pick<Draft, UpdatedField>;
