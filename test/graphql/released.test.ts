import { expect, test } from 'vitest';
import { breakingChanges } from '../../.config/released-schema.ts';

const released = `
  type Query { agent(id: ID): Agent  agents(first: Int): [Agent!]! }
  type Agent { id: ID!  name: String!  kind: Kind! }
  enum Kind { BOT TEAM }
  input Filter { kind: Kind }`;

test.each([
  ['a field that goes', 'name: String!', ''],
  ['a field that may be null', 'name: String!', 'name: String'],
  ['a field of another type', 'id: ID!  name', 'id: Int!  name'],
  ['an argument that goes', '(first: Int)', ''],
  ['an argument that is needed', 'agent(id: ID)', 'agent(id: ID, of: ID!)'],
  ['an argument that may no longer be null', 'agent(id: ID)', 'agent(id: ID!)'],
  ['an enum value that goes', 'BOT TEAM', 'BOT'],
  ['an input field that is needed', 'kind: Kind }', 'kind: Kind  of: ID! }'],
])('%s breaks clients', async (_name, was, is) => {
  expect(released).toContain(was);
  expect(await breakingChanges(released, released.replace(was, is))).toMatch(/^.+\n$/);
});

test.each([
  ['nothing', '', ''],
  ['a field, a type, an argument that is not needed', 'type Agent {', 'type Site { id: ID! } type Agent { site(at: Int): Site '],
  ['a field that is no longer null', 'agent(id: ID): Agent', 'agent(id: ID): Agent!'],
  ['a description', 'type Agent', '"A bot or a team." type Agent'],
])('%s does not break clients', async (_name, was, is) => {
  expect(await breakingChanges(released, released.replace(was, is))).toBe('');
});
