import { expect, test } from 'vitest';
import { z } from 'zod';
import { printed } from '../../src/cli/printed-settings.ts';
import { environment } from '../../src/config.ts';
import { parley } from './parley.ts';

const env = {
  PORT: '',
  ALLOWED_HOSTS: ' a.example.com, b.example.com',
  DATABASE_URL: 'postgresql://parley:geheim@127.0.0.1:5432/x?sslmode=require&password=geheim&sslpassword=geheim',
  REDIS_URL: 'rediss://:geheim@redis.example.com:6379/0',
};

test('prints each variable with the value in force and hides passwords', async () => {
  const outcome = await parley(env, ['config', '--json']);
  expect(outcome).toMatchObject({ code: 0, stderr: '', stdout: expect.not.stringContaining('geheim') });
  const settings = JSON.parse(outcome.stdout);
  expect(Object.keys(settings)).toEqual(Object.keys(environment.shape));
  expect(settings).toMatchObject({
    PORT: { value: '4000', isSet: false },
    ALLOWED_HOSTS: { value: 'a.example.com,b.example.com', isSet: true },
    CORS_ORIGINS: { value: null, isSet: false },
    DATABASE_URL: { value: 'postgresql://parley:***@127.0.0.1:5432/x?sslmode=require&password=***&sslpassword=***', isSet: true },
    REDIS_URL: { value: 'rediss://:***@redis.example.com:6379/0', isSet: true },
    LOG_LEVEL: { value: 'info', isSet: false },
  });
  const lines = await parley(env, ['config']);
  expect(lines.stdout).toMatch(/^PORT +default +4000$/m);
  expect(lines.stdout).toMatch(/^REDIS_URL +set +rediss:/m);
  expect(lines.stdout).not.toContain('geheim');
});

test.each([
  ['postgresql:user:geheim@host/db', '(hidden)'],
  ['postgresql:///db?host=/run/postgresql', 'postgresql:///db?host=/run/postgresql'],
])('%s is printed as %s', async (url, value) => {
  expect(JSON.parse((await parley({ DATABASE_URL: url }, ['config', '--json'])).stdout).DATABASE_URL.value).toBe(value);
});

test.each([
  ['https://geheim@traces.example.com/', 'https://***@traces.example.com/'],
  ['https://u:geheim@traces.example.com/', 'https://u:***@traces.example.com/'],
  ['https://traces.example.com/?api-key=geheim&dataset=x', 'https://traces.example.com/?api-key=***&dataset=x'],
  ['https://traces.example.com/?access%5Ftoken=geheim', 'https://traces.example.com/?access_token=***'],
])('of a receiver of traces, %s is printed as %s', async (url, value) => {
  const { stdout } = await parley({ OTEL_EXPORTER_OTLP_ENDPOINT: url }, ['config', '--json']);
  expect(JSON.parse(stdout).OTEL_EXPORTER_OTLP_ENDPOINT.value).toBe(value);
});

test.each([z.string(), z.string().min(1).optional(), z.string().default('x'), z.string().transform(Number).prefault('1')])(
  'hides a variable of which the configuration does not say how it is printed',
  (schema) => expect(printed(schema, 'geheim')).toBe('(hidden)'),
);

test('a wrong configuration is refused, exit 2', async () => {
  const outcome = await parley({ PORT: 'x', REDIS_URL: 'geheim' }, ['config']);
  expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^PORT must be .*\nREDIS_URL must be .*\n$/) });
});
