// A reader of the schema alone, such as an agent, finds the operation for each main task and the meaning of each argument.
import { buildSchema, type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedDirective } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';

const parley = useApp();
let schema: GraphQLSchema;

beforeAll(async () => {
  const { key } = await parley.tenant();
  schema = buildSchema(await (await parley.fetch('/schema.graphql', key)).text());
});

const described = (type: string) => schema.getType(type)?.description ?? '';
/** Returns the names in backticks in a root type's description. */
const namedIn = (root: string) => [...described(root).matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** Returns true if the schema has `Type`, `field` of the root, `Type.field`, or `Type.field(argument:)`. */
function exists(root: string, name: string): boolean {
  const [, typeName = root, fieldName = '', argument] = /^(?:(\w+)\.)?(\w+)(?:\((\w+):\))?$/.exec(name) ?? [];
  if (fieldName !== '' && !name.includes('.') && schema.getType(fieldName)) return true;
  const type = schema.getType(typeName);
  if (isInputObjectType(type)) return fieldName in type.getFields();
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const field = type.getFields()[fieldName];
  return field !== undefined && (argument === undefined || field.args.some(({ name }) => name === argument));
}

test.each([
  ['inbox', 'Query', ['conversations']],
  ['thread', 'Query', ['conversation', 'Conversation.messages']],
  ['search', 'Query', ['searchMessages']],
  ['jump to a message', 'Query', ['Conversation.messages(around:)']],
  ['record', 'Mutation', ['recordMessages']],
  ['consent', 'Mutation', ['recordConsent']],
  ['metadata', 'Mutation', ['updateConversation', 'UpdateConversationInput.metadata']],
  ['live', 'Subscription', ['messageRecorded', 'conversationChanged', 'typing']],
])('%s: the description of %s names the operation, and the schema has it', (job, root, names) => {
  expect(described(root).toLowerCase()).toContain(job);
  for (const name of names) {
    expect(namedIn(root)).toContain(name);
    expect(exists(root, name), name).toBe(true);
  }
});

test.each(['Query.inbox', 'Conversation.messages(near:)', 'UpdateConversationInput.meta', 'Inbox', 'conversationUpdated'])(
  'the schema has no %s',
  (name) => {
    expect(exists('Query', name)).toBe(false);
  },
);

test('the description of recordMessages begins by saying that nothing is transmitted', () => {
  const { recordMessages } = schema.getMutationType()?.getFields() ?? {};
  expect(recordMessages?.description).toMatch(/^Stores messages that were sent or received elsewhere; nothing is transmitted\. /);
});

test('every argument has a description', () => {
  const ofFields = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) return [];
    return Object.values(type.getFields()).flatMap(({ name, args }) =>
      args.map((each) => ({ ...each, name: `${type.name}.${name}(${each.name}:)` })),
    );
  });
  const ofDirectives = schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive))
    .flatMap(({ name, args }) => args.map((each) => ({ ...each, name: `@${name}(${each.name}:)` })));
  const all = [...ofFields, ...ofDirectives];
  expect(all.map(({ name }) => name)).toContain('Query.node(id:)');
  expect(all.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
});
