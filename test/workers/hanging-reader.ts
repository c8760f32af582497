// A gateway whose durable reader never ends its first events, for the test to kill.
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { eventReader } from '../../src/workers/event-reader.ts';

const { DATABASE_URL = '', READER = '' } = process.env;
const app = await createApp(loadConfig({ DATABASE_URL }), pino({ level: 'silent' }));
const reader = eventReader(app.database, pino({ level: 'silent' }), {
  name: READER,
  handle: (_tx, _organizationId, events) => {
    console.log(`handling ${events.filter(({ kind }) => kind === 'MESSAGE_RECORDED').length} messages`);
    return new Promise(() => {});
  },
});
await reader.start();
console.log('reading');
