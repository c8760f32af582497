import { pino } from 'pino';
import { inject } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

/** Returns the URL of an app's database. */
export async function databaseUrl({ database }: App): Promise<string> {
  const template = inject('template');
  const [current] = await database.query<{ name: string }>({ label: 'test_name', text: 'select current_database() as name' });
  const url = new URL('url' in template ? template.url : '');
  url.pathname = current?.name ?? '';
  return url.href;
}

/** Starts another gateway on a database. */
export function gateway(url: string): Promise<App> {
  return createApp(loadConfig({ DATABASE_URL: url }), pino({ level: 'silent' }));
}
