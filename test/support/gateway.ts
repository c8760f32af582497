import { pino } from 'pino';
import { inject } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

/** The URL of the database that an app of a test is on. */
export async function databaseUrl({ database }: App): Promise<string> {
  const template = inject('template');
  const [current] = await database.query<{ name: string }>({ label: 'test_name', text: 'select current_database() as name' });
  const url = new URL('url' in template ? template.url : '');
  url.pathname = current?.name ?? '';
  return url.href;
}

/** Another gateway on a database. */
export function gateway(url: string): Promise<App> {
  return createApp(loadConfig({ DATABASE_URL: url }), pino({ level: 'silent' }));
}
