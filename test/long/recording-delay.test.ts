import { availableParallelism, loadavg } from 'node:os';
import { expect, test } from 'vitest';
import { maxBodyBytes } from '../../src/http/body.ts';
import { inCapitals, record } from '../modules/message/recording.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { needsPostgres } from './postgres-only.ts';
import { measureTurns } from './turns.ts';

needsPostgres();
const parley = useApp({ logLevel: 'silent' });
const query =
  'mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) { results { outcome reason } } }';

/** Returns as many messages as a request and its body may hold. */
function largestRequest(line: Record<string, unknown>): { body: Uint8Array<ArrayBuffer>; count: number } {
  const textOf = (count: number) =>
    JSON.stringify({ query, variables: { messages: Array.from({ length: count }, () => inCapitals(phoneLine(line))) } });
  const each = Buffer.byteLength(textOf(2)) - Buffer.byteLength(textOf(1));
  const count = Math.min(1_000, Math.floor((maxBodyBytes - 1_000) / each));
  return { body: new TextEncoder().encode(textOf(count)), count };
}

const distinctHan = Array.from({ length: 10_000 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7_919) % 20_000))).join('');
test.each<[string, Record<string, unknown>]>([
  ['one letter with marks', { body: 'e'.padEnd(10_000, '\u0301') }],
  ['marks that normalization sorts', { body: 'e'.concat('\u0301\u0323'.repeat(4_999)) }],
  ['Cyrillic', { body: 'Привет мир, как дела сегодня? '.repeat(400).slice(0, 9_800) }],
  ['U+FDFA', { body: 'ﷺ'.repeat(10_000) }],
  ['U+337F', { body: '㍿'.repeat(10_000) }],
  ['distinct Han characters', { body: distinctHan }],
  ['flags', { body: '🇩🇪'.repeat(5_000) }],
  ['short bodies', { body: 'Hello', metadata: { a: 'x'.repeat(3_500) } }],
])('does not block the event loop during the largest requests: %s', async (name, line) => {
  const { key } = await parley.tenant();
  const { body, count } = largestRequest(line);
  // Warms up, because the first request of a process compiles code.
  await record(parley, key, [phoneLine({ ...line, externalId: 'first' })]);
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const answers: string[] = [];
  const { delay, busy } = await measureTurns(async () => {
    for (let request = 0; request < 2; request++) answers.push(await (await parley.fetch('/graphql', key, init)).text());
  });
  console.log(
    `${name}, 2 requests of ${count} messages, ms: delay p99 ${delay.p99}, worst ${delay.worst}; busy p99 ${busy.p99}, worst ${busy.worst}`,
  );
  expect(answers[0]?.match(/"CREATED"/g)).toHaveLength(count);
  expect(busy.p99).toBeLessThan(100);
  // The processor time, because the clock also counts other processes of the machine.
  if ((loadavg()[0] ?? 0) < availableParallelism()) expect(delay.p99).toBeLessThan(100);
});

// Not tested: 50,000 reactions block the event loop for 0.4 s of processor time, because the GraphQL library reads the variables of a request at once (0.3 s).
