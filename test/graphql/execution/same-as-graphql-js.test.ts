// The executor gives the answers of graphql-js: the same JSON, byte by byte, and the same calls of resolvers in the same order.
import fc from 'fast-check';
import { type DocumentNode, execute, OperationTypeNode, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AnswerSize } from '../../../src/graphql/execution/answer-size.ts';
import { compiledExecutor } from '../../../src/graphql/execution/compiled/executor.ts';
import { jsonText } from '../../../src/graphql/execution/compiled/json-text.ts';
import { objectTree } from '../../../src/graphql/execution/compiled/object-tree.ts';
import type { Output } from '../../../src/graphql/execution/compiled/output.ts';
import { stringify } from '../../../src/graphql/execution/compiled/written.ts';
import { encodeId } from '../../../src/values/ids.ts';
import { generateOperation, type Operation } from '../random-operations/generate.ts';
import { Random } from '../random-operations/random.ts';
import { World } from './world.ts';
import { worldSchema } from './world-schema.ts';

const schema = worldSchema();
const compiled = compiledExecutor(schema);
const samples = {
  ids: { Conversation: [encodeId('Conversation', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e')] },
  numbers: { Conversation: [1, 2] },
  cursors: { conversations: ['AAAA'] },
};

/** Promises that were rejected and had no handler. */
const strays: unknown[] = [];
const note = (reason: unknown) => void strays.push(reason);
let others: NodeJS.UnhandledRejectionListener[] = [];

// graphql-js leaves such promises: where an item of a list throws, it forgets the promises of those before.
beforeAll(() => {
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
  for (const each of others) process.on('unhandledRejection', each);
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

const tally = { operations: 0, withData: 0, withErrors: 0, withPromises: 0 };

async function check(seed: number): Promise<void> {
  const random = new Random(seed);
  const kind = random.chance(0.15) ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY;
  const operation = generateOperation(schema, random, samples, kind);
  const document = parse(operation.query);
  // Most run once; some again, with what was compiled before, and in the other form.
  for (const output of random.chance(0.2) ? [jsonText, jsonText, objectTree] : [jsonText]) {
    await compare(document, operation, kind, { seed: random.below(2 ** 31), evil: random.pick([0, 0.02, 0.1, 0.3]), output });
  }
}

interface Circumstances {
  seed: number;
  /** The share of places where something is wrong. */
  evil: number;
  output: Output;
}

async function compare(
  document: DocumentNode,
  { variables: variableValues }: Operation,
  kind: OperationTypeNode,
  { seed, evil, output }: Circumstances,
): Promise<void> {
  const type = schema.getRootType(kind);
  if (!type) throw new Error(`there is no ${kind}`);
  const worlds = [new World(schema, seed, evil), new World(schema, seed, evil)] as const;
  const before = strays.length;
  const running = compiled({
    document,
    variableValues,
    contextValue: worlds[0],
    rootValue: worlds[0].root(type),
    output,
    answer: new AnswerSize(1e9),
  });
  const answer = stringify(await running);
  await settled();
  expect(strays.length).toBe(before);
  const expected = await execute({ schema, document, variableValues, contextValue: worlds[1], rootValue: worlds[1].root(type) });
  expect(answer).toBe(JSON.stringify(expected));
  // Resolvers may run on after the answer, below a part that is null already.
  await settled();
  expect(worlds[0].calls.join('\n')).toBe(worlds[1].calls.join('\n'));
  tally.operations += 1;
  if (running instanceof Promise) tally.withPromises += 1;
  if (expected.data) tally.withData += 1;
  if (expected.errors) tally.withErrors += 1;
}

const batches = 10;
const operationsOfBatch = 2_000;

test.each(Array.from({ length: batches }, (_, index) => index + 1))('generated operations, part %i', async (part) => {
  const { seed = 0 } = fc.readConfigureGlobal() ?? {};
  await fc.assert(fc.asyncProperty(fc.integer(), check), { numRuns: operationsOfBatch, seed: seed + part, endOnFailure: true });
});

test('most have data, errors and promises', () => {
  const all = batches * operationsOfBatch;
  expect(tally.operations).toBeGreaterThanOrEqual(all);
  expect(Math.min(tally.withData, tally.withErrors, tally.withPromises)).toBeGreaterThan(all / 3);
});
