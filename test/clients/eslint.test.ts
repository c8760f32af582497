// The printed schema against graphql-eslint's rules for Relay.
import { join } from 'node:path';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const printed = 'src/graphql/schema.graphql';

test('flat/schema-relay finds nothing but how `changes` differs', async () => {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: [printed],
      languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: printed } } },
      plugins: { '@graphql-eslint': plugin },
      rules: {
        ...plugin.configs['flat/schema-relay'].rules,
        // The rule would have no list but of edges: `nodes` stands beside `edges`, and what a message holds (reactions, files) is no page.
        '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
      },
    },
  });
  const [result] = await eslint.lintFiles(printed);
  const lines = result?.source?.split('\n');
  const findings = result?.messages.map(({ line, ruleId, message }) => `${lines?.[line - 1]?.trim()} ${ruleId}: ${message}`);
  expect(findings).toEqual([
    // A change is no object to ask for again: its cursor is all that names it.
    "type ChangeEdge { @graphql-eslint/relay-edge-types: Edge type's field `node` must implement `Node` interface.",
    // A log is followed forward; the specification wants one way or both.
    'changes( @graphql-eslint/relay-arguments: Field `changes` must contain an argument `last`, that return Int.',
    'changes( @graphql-eslint/relay-arguments: Field `changes` must contain an argument `before`, that return String or Scalar.',
  ]);
});
