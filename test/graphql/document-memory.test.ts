// The memory of clients' documents is limited. Bytes are counted after garbage collection.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { useDemo } from '../demo/use-demo.ts';
import { useApp } from '../support/harness.ts';

const parley = useApp();
const demo = useDemo();

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const mebibyte = 1024 * 1024;

async function growthOf(work: () => Promise<void>): Promise<number> {
  collect();
  const before = process.memoryUsage().heapUsed;
  await work();
  collect();
  return process.memoryUsage().heapUsed - before;
}

/** Returns a valid document of about 4,000 tokens, different for each index. */
function large(index: number): string {
  const filter = `filter: {types: [${'PHONE '.repeat(1_950)}]}`;
  return `query a { conversations(${filter}) { totalCount } } query b${index} { conversations(${filter}) { totalCount } }`;
}

/** Returns the growth of memory while 100 such documents are sent. */
async function growth(send: (body: string) => Promise<Response>): Promise<number> {
  const sendDocument = async (index: number) => {
    const response = await send(JSON.stringify({ query: large(index), operationName: 'a' }));
    expect((await response.text()).slice(0, 8)).toMatch(/^{"(data|errors)/);
  };
  await sendDocument(-1);
  return growthOf(async () => {
    for (let index = 0; index < 100; index++) await sendDocument(index);
  });
}

const post = (body: string) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('caches parsed documents of a client with a key up to a limit', async () => {
  const { key } = await parley.tenant();
  expect(await growth((body) => parley.fetch('/graphql', key, post(body)))).toBeLessThan(48 * mebibyte);
});

test('caches no document of a client without a key', async () => {
  expect(await growth((body) => demo.fetch('/graphql', post(body)))).toBeLessThan(10 * mebibyte);
});
