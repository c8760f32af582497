// The documented queries run at most one statement for each selected connection or relation, however many parents there are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getNamedType, isCompositeType, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { examples } from '../../src/web/examples.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
let tenant: Tenant;
let id: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  const contacts = Array.from({ length: 7 }, (_, index) => `+155500030${10 + index}`);
  await parley.importLines(
    tenant,
    contacts.flatMap((contactNumber, index) =>
      Array.from({ length: 4 }, (_, nth) =>
        phoneLine({
          contactNumber,
          phoneNumber: `+1555000400${index % 3}`,
          createdAt: `2026-05-0${1 + nth}T00:00:00Z`,
          direction: nth % 2 ? 'outbound' : 'inbound',
          body: 'Is the appointment on Monday still free?',
          agent: { externalId: `agent-${index % 2}`, name: 'Agent' },
          consent: { optedIn: true, at: '2026-05-01T00:00:00Z' },
          reactions: [{ type: 'love', direction: 'inbound', createdAt: '2026-05-05T00:00:00Z', fromNumber: contactNumber }],
        }),
      ),
    ),
  );
  // Caches the look-up of the key.
  const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id } } }');
  id = data.conversations.nodes[0].id;
});

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const inReadme = [...readme.matchAll(/```graphql\n(.*?)```/gs)].map(([, query = '']) => query);
const withoutComments = (query: string) => query.replace(/^#.*/gm, '').trim();
const queries = [...examples.map(({ query }) => query), ...inReadme]
  .filter((query) => /^(query\b|\{)/.test(withoutComments(query)))
  .map((query) => [/\w+ (\w+)/.exec(withoutComments(query))?.[1], query]);

/** Fields of a page, which need no statement of their own. */
const ofPages = ['edges', 'nodes', 'node', 'pageInfo'];

/** Counts the connections and relations that a document selects. A preview reads the last message. */
function relationsOf(query: string): number {
  const info = new TypeInfo(schema);
  let count = 0;
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field({ name }) {
        const type = getNamedType(info.getType());
        const inPage = ofPages.includes(name.value) && /(Connection|Edge)$/.test(info.getParentType()?.name ?? '');
        if ((isCompositeType(type) && !inPage) || name.value === 'lastMessagePreview') count += 1;
      },
    }),
  );
  return count;
}

describe.each(queries)('%s', (_name, query = '') => {
  test('runs at most one statement for each selected connection or relation', async () => {
    const statements = await parley.statements(async () => {
      const { data, errors } = await parley.graphql(tenant.key, query, query.includes('$id') ? { id } : {});
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).not.toMatch(/"(nodes|edges)":\[\]/);
    });
    expect(statements.length, statements.join(', ')).toBeLessThanOrEqual(relationsOf(query));
    expect(statements.length).toBeGreaterThan(0);
  });
});
