import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { declaredScopes } from '../../../../src/auth/declared-scopes.ts';
import { ListConversationsDocument, ListMessagesDocument } from '../../../../src/generated/graphql/graphql.ts';
import { schema } from '../../../../src/graphql/built-schema.ts';
import { builder } from '../../../../src/graphql/schema/builder.ts';
import { requiredScopes } from '../../../../src/rest/kit/graphql/required-scopes.ts';

test.each([
  ['ListConversations', ListConversationsDocument],
  ['ListMessages', ListMessagesDocument],
])('%s needs conversations:read', (_name, document) => {
  expect(requiredScopes(schema, document)).toEqual(['conversations:read']);
});

test.each([
  ['nothing but a key', '{ viewer { name organization { name } } }', []],
  ['a type', '{ node(id: "x") { ... on Message { body } } }', ['conversations:read']],
  ['a fragment’s type', '{ node(id: "x") { ...f } } fragment f on PhoneNumber { e164 }', ['conversations:read']],
])('%s', (_name, text, expected) => {
  expect(requiredScopes(schema, parse(text))).toEqual(expected);
});

test('includes the scopes of fields and types', () => {
  builder.queryField('testAdmin', (t) =>
    t.boolean({ authScopes: { $all: { scope: 'org:admin:write', authenticated: true } }, resolve: () => true }),
  );
  const Key = builder.objectRef<{ name: string }>('TestKey').implement({
    authScopes: { scope: 'apikeys:write' },
    fields: (t) => ({ name: t.exposeString('name') }),
  });
  builder.queryField('testKey', (t) => t.field({ type: Key, resolve: () => ({ name: '' }) }));
  const grown = builder.toSchema();
  expect(requiredScopes(grown, parse('{ testKey { name } }'))).toEqual(['apikeys:write']);
  expect(requiredScopes(grown, parse('{ testAdmin conversations { totalCount } }'))).toEqual(['conversations:read', 'org:admin:write']);
});

test('refuses a rule that can only be checked by running it, when the schema is built', () => {
  builder.queryField('testAny', (t) =>
    t.boolean({ authScopes: { $any: { scope: 'org:admin:write', authenticated: true } }, resolve: () => true }),
  );
  expect(() => builder.toSchema()).toThrow('testAny');
  expect(() => declaredScopes({ name: 'testLate', extensions: { pothosOptions: { authScopes: () => true } } })).toThrow('testLate');
});
