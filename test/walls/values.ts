// The values that a client can send, by place. A new place fails the tests with a message that says what to add.
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { type NodeType, nodeTypes } from './node-types.ts';
import type { Place } from './places.ts';

/** Valid values for places that accept any value of their scalar. */
const ofScalar: Record<string, unknown> = {
  Boolean: true,
  Int: 1,
  Float: 1,
  SafeInt: 1,
  String: 'sample',
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00Z',
  URL: 'https://files.example/sample',
  JSONObject: { sample: true },
  PhoneNumberString: '+15550000077',
};

/** Valid values for places that accept only some values of their scalar: by the declaring type, or by the value's name. */
const ofPlace: Record<string, unknown> = {
  'CreateApiKeyInput.scopes': 'apikeys:write',
  'Query.searchMessages.query': 'hello',
  'Query.messageStats.timeZone': 'Europe/Berlin',
  'AttachmentInput.mime': 'image/png',
  'Query.messageByExternalId.externalId': 'chat-0',
  'SetWebhookEndpointInput.url': 'https://hooks.example/sample',
};

/** Values required beside a value that is refused alone. */
export const beside: Record<string, Record<string, unknown>> = {
  'Query.messageStats': { since: '2026-01-01', until: '2026-01-02' },
  MetadataFilter: { value: 'sample' },
  AssignAgentInput: { agentId: null },
  UpdateRetentionPolicyInput: { days: 36_500 },
  AddReactionInput: { author: { externalId: 'sample-person-1', firstName: 'sample', lastName: 'Lee 1' } },
  'AddReactionInput.fromNumber': { author: null },
  RemoveReactionInput: { authorExternalId: 'sample-person-1' },
  'RemoveReactionInput.fromNumber': { authorExternalId: null },
  UpdateMessageInput: { deletedAt: '2026-02-01T00:00:00Z' },
  'UpdateMessageInput.externalId': { conversationExternalId: 'sample-chat' },
  'UpdateMessageInput.conversationExternalId': { externalId: 'chat-0' },
  'UpdateMessageInput.phoneNumber': { externalId: 'phone-0', contactNumber: '+15550000020' },
  'UpdateMessageInput.contactNumber': { externalId: 'phone-0', phoneNumber: '+15550000001' },
  DeleteWebhookEndpointInput: { ofOrganization: true },
  'DeleteWebhookEndpointInput.id': { ofOrganization: null },
  'DeleteWebhookEndpointInput.ofAgentId': { ofOrganization: null },
  TestWebhookEndpointInput: { ofOrganization: true },
  'TestWebhookEndpointInput.id': { ofOrganization: null },
  'TestWebhookEndpointInput.ofAgentId': { ofOrganization: null },
  RecordMessageInput: { phoneNumber: '+15550000001', contactNumber: '+15550000020' },
};

/** Returns an input by the schema, with its required fields and `target` at the end of `path`. */
export interface Wish {
  path: readonly string[];
  target: unknown;
}

export type IdOf = (type: NodeType) => string;

/** Returns a valid value of a type; with a wish, it contains the wished value at its path. */
export function inputOf(type: GraphQLInputType, declaredBy: string, name: string, idOf: IdOf, wish: Wish | null): unknown {
  if (isNonNullType(type)) return inputOf(type.ofType, declaredBy, name, idOf, wish);
  if (isListType(type)) return [inputOf(type.ofType, declaredBy, name, idOf, wish)];
  if (isInputObjectType(type)) {
    const [wished, ...below] = wish?.path ?? [];
    const fields = Object.values(type.getFields());
    const given = fields.filter((field) => field.name === wished || isNonNullType(field.type));
    const made = given.map((field) => {
      const inner = wish && field.name === wished ? { path: below, target: wish.target } : null;
      return [field.name, inputOf(field.type, type.name, field.name, idOf, inner)];
    });
    return { ...beside[type.name], ...beside[`${type.name}.${wished}`], ...Object.fromEntries(made) };
  }
  if (wish) return wish.target;
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (type.name === 'ID') return idOf(nodeTypeAt(declaredBy, name));
  const value = ofPlace[`${declaredBy}.${name}`] ?? ofScalar[type.name];
  if (value === undefined)
    throw new Error(`values.ts has no value of ${type.name}, which ${declaredBy} requires as ${name}: add one to ofScalar`);
  return value;
}

/** Returns the type that an id names, by the name of the value (`agentId`) or of its input (`UpdateConversationInput.id`). */
function nodeTypeAt(declaredBy: string, name: string): NodeType {
  const byName = nodeTypes.find((type) => `${type}Id`.toLowerCase() === name.toLowerCase());
  const byInput = [...nodeTypes].sort((a, b) => b.length - a.length).find((type) => declaredBy.includes(type));
  const type = byName ?? (name === 'id' ? byInput : undefined) ?? (declaredBy.startsWith('Query.node') ? 'Conversation' : undefined);
  if (type === undefined) throw new Error(`values.ts does not know of what type the id ${name} of ${declaredBy} is: add it to nodeTypeAt`);
  return type;
}

/** Returns the kind of object that a value of a place names. */
export type Names = 'id' | 'number' | 'cursor' | 'address' | 'external' | 'nothing';

const textThatNamesNothing = /^(query|name|firstName|lastName|title|type|body|mime|department|unit|scopes|url|timeZone|clientMutationId)$/;

/** Returns how a value names an object of an organization; null if it does not. @throws for a text that has no class */
export function namesAt({ type, path, title, declaredBy }: Place): Names {
  const name = path.at(-1) ?? '';
  if (type.name === 'ID') return 'id';
  if (type.name === 'PhoneNumberString') return 'address';
  if (type.name === 'SafeInt') return declaredBy === 'AttachmentInput' ? 'nothing' : 'number';
  if (type.name !== 'String') return 'nothing';
  // Names of the Relay specification.
  if (name === 'after' || name === 'before') return 'cursor';
  if (/externalId$/i.test(name) || name === 'replyTo' || declaredBy === 'MetadataFilter') return 'external';
  if (textThatNamesNothing.test(name)) return 'nothing';
  throw new Error(`values.ts does not know what the text ${title} names: class it in namesAt, as a cursor, an external id or nothing`);
}
