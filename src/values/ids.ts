// Global ids: base64url of one byte for the type and the 16 bytes of the UUID, 23 characters without padding. They do not contain the organization.
import { formatUuid, writeUuid } from './uuid-bytes.ts';

const typeBytes = {
  Organization: 1,
  ApiKey: 2,
  Agent: 3,
  PhoneNumber: 4,
  Participant: 5,
  Conversation: 6,
  Message: 7,
  Attachment: 8,
  Reaction: 9,
  /** Its sixteen bytes are a position in the order of commits: see `modules/event/store/position.ts`. */
  Change: 10,
  WebhookEndpoint: 11,
  WebhookDelivery: 12,
} as const;

export type NodeType = keyof typeof typeBytes;

const typeNames = new Map<number, NodeType>(Object.entries(typeBytes).map(([name, byte]) => [byte, name as NodeType]));
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The nil UUID of RFC 9562: no row has it. */
export const nilUuid = '00000000-0000-0000-0000-000000000000';

/** True for a UUID in its canonical, lower-case form. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/** Written anew by every call, which saves an allocation for each id of an answer. */
const idBytes = Buffer.alloc(17);

export function encodeId(type: NodeType, uuid: string): string {
  idBytes[0] = typeBytes[type];
  writeUuid(idBytes, 1, uuid);
  return idBytes.toString('base64url');
}

/** Returns the type and UUID in a global id; null unless `encodeId` writes exactly this text. */
export function decodeId(text: string): { type: NodeType; uuid: string } | null {
  const bytes = Buffer.from(text, 'base64url');
  const type = typeNames.get(bytes[0] ?? 0);
  if (bytes.length !== 17 || type === undefined || bytes.toString('base64url') !== text) return null;
  return { type, uuid: formatUuid(bytes.subarray(1)) };
}
