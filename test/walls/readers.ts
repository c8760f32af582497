// Everything that the gateway can answer, read door by door. A door yields texts, so that a reader can stop once it finds what it looks for.
import { GraphQLError, type GraphQLObjectType, getNamedType, isCompositeType } from 'graphql';
import { schema } from '../../src/graphql/built-schema.ts';
import { exportMessages } from '../../src/modules/message/export/export.ts';
import { generateOperation } from '../graphql/random-operations/generate.ts';
import { Random } from '../graphql/random-operations/random.ts';
import { Stream } from '../modules/change/stream.ts';
import { type Case, cases, comparable, type Ids, initOf, pathOf } from '../rest/all-routes.ts';
import { eventKinds } from '../support/event-kinds.ts';
import type { useApp } from '../support/harness.ts';
import { answerTo } from './compare.ts';
import { isCount } from './counts.ts';
import { isRead, type Known } from './known.ts';
import { type NodeType, nodeTypes } from './node-types.ts';
import { type Operation, selection, Ways } from './operations.ts';
import { placesOf } from './places.ts';

/** A reader: a key, its organization, and all values that it can name, including the ids of the other organization. */
export interface Eyes {
  parley: ReturnType<typeof useApp>;
  key: string;
  organizationId: string;
  own: Known;
  foreign: Known;
  /** The ids for paths, of conversations with content. */
  paths: readonly Ids[];
  /** The words to search for. */
  words: readonly string[];
  /** Generated operations: the seeds from the first to before the second. */
  operations: readonly [number, number];
  /** The number of objects of each type to read by id. */
  ids: number;
  /** The depth of reading lists. */
  depth: number;
}

type Door = (eyes: Eyes) => AsyncGenerator<string>;

const ways = new Ways(schema);
const post = (query: string, variables: object = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables }),
});

const some = <Item>(items: Iterable<Item> | undefined, count: number) => [...(items ?? [])].slice(-count);

/** Values for any parameter. tenants-rest.test.ts compares the answers to those of another organization byte for byte. */
function values({ own, foreign, words }: Eyes): string[] {
  const named = [own.ids, own.numbers, own.cursors, foreign.ids].flatMap((groups: Map<string, Set<string | number>>) =>
    [...groups.values()].flatMap((each) => some(each, 1).map(String)),
  );
  const instant = new Date(Date.now() - 20 * 86_400_000).toISOString();
  return [...named, ...some(own.addresses, 1), ...some(foreign.addresses, 1), ...words.slice(0, 2), 'true', 'desc', 'hello', instant];
}

/** Reads the lists of the schema, each whole, with the lists of each item. */
async function* lists({ parley, key, depth }: Eyes): AsyncGenerator<string> {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (!isCompositeType(getNamedType(field.type)) || !isRead(field)) continue;
    const sized = field.args.some(({ name }) => name === 'first') ? '(first: 100)' : '';
    yield await readable(parley, key, `{ ${field.name}${sized} ${selection(schema, field.type, depth)} }`);
  }
}

async function* rest(eyes: Eyes): AsyncGenerator<string> {
  for (const each of cases) yield* route(each, eyes);
}

/** Requests a route with all of our ids, and once with each parameter as each value. */
export async function* route(each: Case, eyes: Eyes): AsyncGenerator<string> {
  const { parley, key, paths } = eyes;
  for (const path of new Set(paths.map((ids) => pathOf(each, ids)))) yield (await parley.fetch(path, key, initOf(each))).text();
  const [ids = {}] = paths;
  for (const { name, in: part, schema: rule } of each.operation.parameters) {
    if (part !== 'query') continue;
    for (const value of isCount(rule) ? ['1', '2'] : values(eyes)) {
      const response = await parley.fetch(`${pathOf(each, ids)}?${name}=${encodeURIComponent(value)}`, key, initOf(each));
      // A link repeats the request.
      yield (await response.text()).replaceAll(value, '');
    }
  }
}

/** Reads objects of both organizations by id, with all fields. */
async function* nodes({ parley, key, own, foreign, ids: count }: Eyes): AsyncGenerator<string> {
  for (const { ids } of [foreign, own]) {
    for (const type of nodeTypes) {
      // Once without relations: a missing one would make the object null.
      const shown = [0, 2].map((depth) => selection(schema, schema.getType(type) as GraphQLObjectType, depth));
      const query = `query ($id: ID!) { alone: node(id: $id) { ... on ${type} ${shown[0]} } node(id: $id) { ... on ${type} ${shown[1]} } }`;
      for (const id of some(ids.get(type), count)) {
        yield await readable(parley, key, query, { id });
      }
    }
  }
}

/** @throws if the request was too large to be answered */
async function readable(parley: Eyes['parley'], key: string, query: string, variables: object = {}): Promise<string> {
  const text = await (await parley.fetch('/graphql', key, post(query, variables))).text();
  if (text.includes('QUERY_TOO_COMPLEX')) throw new Error(`readers.ts reads too much at once: ${text}`);
  return text;
}

async function* generated({ parley, key, own, foreign, operations }: Eyes): AsyncGenerator<string> {
  // Most of them find rows.
  const all = [own, own, own, foreign];
  const samples = {
    ids: Object.fromEntries(nodeTypes.map((type) => [type, all.flatMap(({ ids }) => [...(ids.get(type) ?? [])])])),
    numbers: { all: all.flatMap(({ numbers }) => [...numbers.values()].flatMap((each) => [...each])) },
    cursors: { all: all.flatMap(({ cursors }) => [...cursors.values()].flatMap((each) => [...each])) },
  };
  for (let seed = operations[0]; seed < operations[1]; seed++) {
    const { query, variables } = generateOperation(schema, new Random(seed), samples);
    yield (await parley.fetch('/graphql', key, post(query, variables))).text();
  }
}

/** A search that finds a word, or highlights it, reads it: if the answer differs from that for an unknown word, the word is yielded. */
async function* searches({ parley, key, own, foreign, paths, words }: Eyes): AsyncGenerator<string> {
  const idOf = (type: NodeType) => some(own.ids.get(type), 1)[0] ?? '';
  const places = placesOf(schema).filter(
    ({ path, field, parent }) => path.at(-1) === 'query' && field.name !== 'highlights' && parent !== schema.getMutationType(),
  );
  const routes = cases.flatMap((each) =>
    each.operation.parameters
      .filter(({ in: part, name }) => part === 'query' && /^(query|search|keyword)$/.test(name))
      .map(({ name }) => ({ each, name })),
  );
  const messages = [own, foreign].flatMap(({ ids }) => some(ids.get('Message'), 50));
  const marks =
    'query ($ids: [ID!]!, $text: String) { nodes(ids: $ids) { ... on Message { highlights(query: $text) { offset length } } } }';
  const asks = [
    async (text: string) => (await answerTo(parley, key, { query: marks, variables: { ids: messages, text } }, text)).text,
    ...places.map((place) => async (text: string) => {
      const inner = selection(schema, place.field.type, 1);
      return (await answerTo(parley, key, ways.at(place, text, inner, idOf), text)).text;
    }),
    ...routes.map(({ each, name }) => async (text: string) => {
      const response = await parley.fetch(`${pathOf(each, paths[0] ?? {})}?${name}=${text}`, key);
      return (await comparable(response)).text.replaceAll(text, '');
    }),
  ];
  for (const ask of asks) {
    const unknown = await ask('kunariaaa');
    for (const word of words) {
      const answer = await ask(word);
      yield answer + (answer === unknown ? '' : word);
    }
  }
}

/** Reads the events since the first cursor, with all their fields. */
async function* subscriptions({ parley, key, organizationId, own }: Eyes): AsyncGenerator<string> {
  const [after] = [...own.cursors.values()].flatMap((each) => [...each]).filter((cursor) => cursor.length === 20);
  const kinds = await eventKinds(parley.app.database, organizationId);
  const counts: Record<string, number> = {
    messageRecorded: kinds.filter((kind) => kind === 'MESSAGE_RECORDED').length - 1,
    conversationChanged: kinds.filter((kind) => kind !== 'RETENTION_CHANGED').length - 1,
    // It has no stored events; `live` in canary.test.ts reads it.
    typing: 0,
  };
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    const count = counts[name];
    if (count === undefined) throw new Error(`readers.ts does not know how many events Subscription.${name} shows: add it to counts`);
    if (count === 0) continue;
    const response = await parley.fetch('/graphql', key, {
      ...post(`subscription ($after: String) { ${name}(after: $after) ${selection(schema, getNamedType(field.type), 2)} }`, { after }),
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    });
    if (response.headers.get('content-type') !== 'text/event-stream' || !response.body) throw new GraphQLError(await response.text());
    const stream = new Stream(response.body);
    for (let nth = 0; nth < count; nth++) {
      const event = await stream.next();
      yield JSON.stringify(event);
      if (event === null || event.errors) break;
    }
    await stream.close();
  }
}

/** Reads an operator's export of the organization. */
async function* exported({ parley, organizationId }: Eyes): AsyncGenerator<string> {
  yield* exportMessages(parley.app.database, organizationId);
}

/** Reads the refusals of changes to the other organization's data. */
async function* refusals({ parley, key, own, foreign }: Eyes): AsyncGenerator<string> {
  const idOf = (type: NodeType) => some(own.ids.get(type), 1)[0] ?? '';
  for (const place of placesOf(schema).filter(({ type, parent }) => type.name === 'ID' && parent === schema.getMutationType())) {
    for (const type of nodeTypes) {
      const operation: Operation = ways.at(place, some(foreign.ids.get(type), 1)[0], selection(schema, place.field.type, 1), idOf);
      yield (await parley.fetch('/graphql', key, post(operation.query, operation.variables))).text();
    }
  }
}

/** Doors that only read. */
export const doors: Record<string, Door> = { lists, nodes, rest, searches, subscriptions, exported, generated };
/** Doors that also try to change data. */
export const changing: Record<string, Door> = { refusals };
