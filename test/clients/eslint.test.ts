// The printed schema against graphql-eslint's rules for Relay.
import { join } from 'node:path';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { type GraphQLOutputType, getNamedType, getNullableType, isCompositeType, isListType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';

const root = join(import.meta.dirname, '../..');
const printed = 'src/graphql/schema.graphql';
const relayRules = plugin.configs['flat/schema-relay'].rules;

async function lint(rules: object) {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: [printed],
      languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: printed } } },
      plugins: { '@graphql-eslint': plugin },
      rules: { ...relayRules, ...rules },
    },
  });
  const [result] = await eslint.lintFiles(printed);
  return result?.messages ?? [];
}

test('flat/schema-relay finds nothing', async () => {
  // But for one option, which would have no list that is not of edges: see below.
  expect(await lint({ '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }] })).toEqual([]);
});

test('with its default rules, the linter finds only the lists without edges', async () => {
  const messages = await lint({});
  expect(new Set(messages.map(({ message }) => message))).toEqual(new Set(['A list type should only wrap an edge type.']));
  const isList = (type: GraphQLOutputType) => isListType(getNullableType(type)) && !getNamedType(type).name.endsWith('Edge');
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  const lists = types.flatMap((type) =>
    Object.values(isObjectType(type) ? type.getFields() : {}).flatMap((field) => (isList(field.type) ? [{ type, field }] : [])),
  );
  expect(messages).toHaveLength(lists.length);
  // `nodes` repeats the nodes of `edges`; scalars have no pages. The other lists are bounded by an argument, by ingestion, or by the number of channels.
  const others = lists.filter(({ type, field }) => !type.name.endsWith('Connection') && isCompositeType(getNamedType(field.type)));
  expect(others.map(({ type, field }) => `${type.name}.${field.name}`).sort()).toEqual([
    'DayStats.channels',
    'Message.attachments',
    'Message.highlights',
    'Message.reactions',
    'MessageStats.channels',
    'MessageStats.days',
    'Query.nodes',
    'RecordMessagesPayload.results',
    'UpdateMessagesPayload.results',
  ]);
});
