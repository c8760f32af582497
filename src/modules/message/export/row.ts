import type { ConversationType, MessageDirection, ParticipantKind } from '../../../generated/prisma/enums.ts';
import type { VisibleMessageModel } from '../../../generated/prisma/models.ts';
import type { MessageField } from '../store/message-columns.ts';

// The rows of a page of an export.

export interface ExportAgent {
  externalId: string;
  name: string;
}

export interface ExportAuthor {
  kind: ParticipantKind;
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
  direction: MessageDirection;
  /** As PostgreSQL writes it in JSON. */
  createdAt: string;
  author: ExportAuthor;
  agent: ExportAgent | null;
}

/** A visible message with all fields of its line. */
export interface ExportRow extends Pick<VisibleMessageModel, MessageField> {
  id: string;
  conversationId: string;
  replyTo: string | null;
  type: ConversationType;
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
  /** Only on the message that it is exported with. */
  conversationAgent: ExportAgent | null;
  attachments: Attachment[] | null;
  reactions: ExportReaction[] | null;
}
