import { get, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { startContender } from '../contenders/start.ts';
import { createKey } from '../database.ts';
import { graphql, type OwnScenario } from '../scenario.ts';

const keys = 4;
const subscription = 'subscription { messageRecorded { message { externalId body } } }';
const recording = 'mutation($input: RecordMessagesInput!) { recordMessages(input: $input) { results { __typename } } }';

/** The write whose event a chunk of a stream has, by its number. */
const writtenIn = (chunk: string) => [...chunk.matchAll(/"externalId":"bench-\d+-(\d+)"/g)].map(([, write]) => Number(write));

export const s11: OwnScenario = {
  id: 'S11',
  title: 'event streams (SSE) of one organization on four keys, one write a second; from the start of the write to each stream',
  roles: ['live'],
  run: async ({ url, organizations: { live } }, { quick }) => {
    const subscribers = quick ? 100 : 1_000;
    const writes = quick ? 3 : 30;
    const id = live?.id ?? '';
    const gateway = await startContender('parley', url, '');
    try {
      const reading = Array.from({ length: keys }, () => createKey(url, id, 'conversations:read'));
      const writing = await createKey(url, id, 'messages:ingest');
      const begun: number[] = [];
      const latencies: number[] = [];
      const onChunk = (chunk: string) => {
        // The first write warms up: it is not counted.
        for (const write of writtenIn(chunk)) if (write > 0) latencies.push(performance.now() - (begun[write] ?? Number.NaN));
      };
      const streams = (await Promise.all(reading)).flatMap((key) =>
        Array.from({ length: subscribers / keys }, () => subscribe(gateway.url, key, onChunk)),
      );
      await Promise.all(streams);
      const run = Date.now();
      for (let write = 0; write <= writes; write++) {
        begun[write] = performance.now();
        await record(gateway.url, writing, `bench-${run}-${write}`);
        await setTimeout(1_000);
      }
      latencies.sort((a, b) => a - b);
      const quantile = (part: number) => latencies[Math.min(latencies.length - 1, Math.floor(part * latencies.length))] ?? Number.NaN;
      return [
        {
          name: `events to ${subscribers} streams`,
          value: latencies.length / (subscribers * writes),
          unit: 'of those sent',
          atLeast: 1,
          atMost: 1,
        },
        { name: 'p50', value: quantile(0.5), unit: 'ms' },
        { name: 'p95', value: quantile(0.95), unit: 'ms', atMost: 250 },
        { name: 'the slowest', value: quantile(1), unit: 'ms' },
      ];
    } finally {
      await gateway.stop();
    }
  },
};

/** Opens a stream. @returns once its head has come */
function subscribe(url: string, key: string, onChunk: (chunk: string) => void): Promise<void> {
  const headers = { Accept: 'text/event-stream', Authorization: `Bearer ${key}` };
  return new Promise((resolve, reject) => {
    // Without an agent each stream has a connection of its own.
    const query = get(`${url}/graphql?query=${encodeURIComponent(subscription)}`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) return void text(response).then((answer) => reject(new Error(answer)), reject);
      response
        .setEncoding('utf8')
        .on('data', onChunk)
        .on('error', () => {});
      resolve();
    });
    query.on('error', reject);
  });
}

async function record(url: string, key: string, externalId: string): Promise<void> {
  const message = {
    externalId,
    createdAt: new Date().toISOString(),
    direction: 'INBOUND',
    body: 'A message',
    phoneNumber: '+18005551000',
    contactNumber: '+12000000000',
  };
  const { path, method, headers, body } = graphql(recording, { input: { messages: [message] } }, key);
  const answer = await new Promise<string>((resolve, reject) => {
    request(url + path, { method, headers }, (response) => text(response).then(resolve, reject))
      .on('error', reject)
      .end(body);
  });
  if (answer.includes('"errors"')) throw new Error(answer);
}
