// What a page of an export holds of each message.

export interface ExportAgent {
  externalId: string;
  name: string;
}

export interface ExportAuthor {
  kind: 'CONTACT' | 'PERSON' | 'AGENT' | 'ORGANIZATION';
  externalId: string | null;
  contactNumber: string | null;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  avatarUrl: string | null;
  department: string | null;
  unit: string | null;
}

interface Attachment {
  name: string;
  mime: string;
  size: number;
  url: string;
  width: number | null;
  height: number | null;
  duration: number | null;
}

export interface ExportReaction {
  type: string;
  fromNumber: string | null;
  direction: string;
  /** As PostgreSQL writes it in JSON. */
  createdAt: string;
  author: ExportAuthor;
  agent: ExportAgent | null;
}

/** A visible message with all that its line tells. */
export interface ExportRow {
  id: string;
  conversationId: string;
  externalId: string;
  kind: string;
  direction: 'INBOUND' | 'OUTBOUND';
  channel: string;
  status: string | null;
  body: string | null;
  mediaUrls: string[];
  segmentCount: number;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  redactedAt: Date | null;
  replyTo: string | null;
  type: 'PHONE' | 'DIRECT' | 'GROUP';
  chatId: string | null;
  title: string | null;
  phoneNumber: string | null;
  contactNumber: string | null;
  metadata: Readonly<Record<string, unknown>> | null;
  isFirst: boolean;
  isLast: boolean;
  optedIn: boolean | null;
  optedInAt: Date | null;
  optedOutAt: Date | null;
  author: ExportAuthor;
  authorAgent: ExportAgent | null;
  /** On the one line that carries it. */
  conversationAgent: ExportAgent | null;
  attachments: Attachment[] | null;
  reactions: ExportReaction[] | null;
}
