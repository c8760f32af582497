// The import format for people: `parley import --help` and the page /docs/import show it. A test compares it with the rules of a line.

interface ImportField {
  name: string;
  /** A few words for the terminal: the type and its limits. */
  form: string;
  /** A sentence for the page. Code is in backticks. */
  meaning: string;
  required?: true;
}

export const importFields: readonly ImportField[] = [
  {
    name: 'externalId',
    form: 'text, 1 to 200 characters',
    meaning:
      'The id of the message in your system, unique in its conversation. A line that is already stored is skipped, or updates the message: its status forward, a later edit, a deletion, reactions.',
    required: true,
  },
  { name: 'createdAt', form: 'time', meaning: 'The time at which the message was sent, at most one day after now.', required: true },
  { name: 'direction', form: 'inbound, outbound', meaning: '`outbound`: the organization sent it.', required: true },
  {
    name: 'body',
    form: 'text or null, up to 10,000 characters',
    meaning: 'The text. Null or empty if there is none.',
    required: true,
  },
  {
    name: 'phoneNumber',
    form: 'E.164 number',
    meaning: 'The organization’s number, such as `+15551112222`. It is created with its first message. Required for a phone conversation.',
  },
  {
    name: 'contactNumber',
    form: 'E.164 number, short code or sender',
    meaning:
      'The other side: an E.164 number, a short code of 3 to 8 digits, or a sender of 1 to 11 characters with a letter in it. Required for a phone conversation.',
  },
  {
    name: 'conversation',
    form: 'object',
    meaning:
      'A workplace chat instead of the two numbers: `{"externalId": "chat-7", "type": "group", "title": "Stock"}`. `type` is `direct` or `group`; `title` is optional. An inbound message in it needs an `author`.',
  },
  {
    name: 'channel',
    form: 'sms, mms, imessage, rcs, whatsapp, chat',
    meaning: 'Default: `sms`, with media `mms`, in a workplace chat `chat`.',
  },
  { name: 'kind', form: 'normal, service', meaning: '`service`: written by a system, such as “Ada joined”. Default: `normal`.' },
  {
    name: 'status',
    form: 'queued, sending, sent, delivered, undelivered, failed',
    meaning: 'Of an outbound message only. Default: `delivered`.',
  },
  { name: 'segmentCount', form: 'whole number, 1 or more', meaning: 'The SMS segments. Default: counted from the body.' },
  { name: 'mediaUrls', form: 'list of https URLs', meaning: 'The media of the message. Default: none.' },
  {
    name: 'attachments',
    form: 'list of objects',
    meaning:
      '`{"name", "mime", "size", "url"}`, and optionally `width`, `height`, `duration` in seconds. An audio attachment with a duration is a voice message.',
  },
  {
    name: 'author',
    form: 'object',
    meaning:
      'The person who wrote it: `{"externalId", "firstName", "lastName"}`, and optionally `title`, `avatarUrl`, `department`, `unit`. Default: the contact, or the agent or the organization.',
  },
  {
    name: 'replyTo',
    form: 'external id',
    meaning: 'The message that this one replies to, in the same conversation: stored before, or in the same file.',
  },
  {
    name: 'reactions',
    form: 'list of objects',
    meaning: '`{"type", "direction", "createdAt"}`, and `author` or `fromNumber`. `type` is an emoji or a word such as `love`.',
  },
  { name: 'editedAt', form: 'time', meaning: 'The time of the last edit.' },
  { name: 'deletedAt', form: 'time', meaning: 'The time of the deletion. The content is removed for good.' },
  { name: 'redactedAt', form: 'time', meaning: 'The time of the redaction. The line then has no body, media or attachments.' },
  { name: 'agent', form: 'object', meaning: '`{"externalId", "name"}` of the bot or team that answers the conversation.' },
  {
    name: 'consent',
    form: 'object',
    meaning:
      '`{"optedIn": true, "at": "2026-04-01T09:00:00Z"}`: the contact agrees, or refuses, to receive messages from the number. The latest answer counts.',
  },
  { name: 'metadata', form: 'object', meaning: 'Keys and values of the conversation. The last line wins.' },
];

/** The rules of the whole file, each one sentence or two. */
export const importRules: readonly string[] = [
  'The file is UTF-8 NDJSON: one JSON object, one message, on each line. It may be compressed with gzip. `-` reads standard input.',
  'Times are RFC 3339 with an offset, such as `2026-04-01T09:00:00Z`.',
  'A message belongs to a phone conversation (`phoneNumber` and `contactNumber`) or to a workplace chat (`conversation`).',
  'The whole file is checked first. If a line is refused, nothing is stored; `--skip-invalid` stores the rest.',
  'Importing a file twice changes nothing. `parley export` writes the same format.',
];
