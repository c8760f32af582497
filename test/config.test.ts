import { describe, expect, test } from 'vitest';
import { loadConfig } from '../src/config.ts';

describe('CORS_ORIGINS', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['https://app.example.com', ['https://app.example.com']],
    ['https://app.example.com, http://localhost:5173,', ['https://app.example.com', 'http://localhost:5173']],
  ])('%s', (text, origins) => expect(loadConfig({ CORS_ORIGINS: text }).corsOrigins).toEqual(origins));

  test.each([
    '*',
    'null',
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/page',
    'https://*.example.com',
    'HTTPS://app.example.com',
    'https://app.example.com:443',
    'ftp://app.example.com',
    'file:///x',
  ])('rejects %s, which is no exact origin', (text) =>
    expect(() => loadConfig({ CORS_ORIGINS: `https://good.example.com,${text}` })).toThrow(/^CORS_ORIGINS must be exact origins/),
  );
});

describe('PUBLIC_URL', () => {
  test.each([
    [undefined, null],
    ['https://api.example.com', 'https://api.example.com'],
    ['https://API.example.com:443/', 'https://api.example.com'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('%s', (text, url) => expect(loadConfig({ PUBLIC_URL: text }).publicUrl).toBe(url));

  test.each([
    'api.example.com',
    'ftp://api.example.com',
    'https://api.example.com/path',
    'https://api.example.com/?x',
    'https://user@api.example.com',
    "http://a'$(id)'.example/",
    'http://a b/',
    'https://',
  ])('rejects %s', (text) =>
    expect(() => loadConfig({ PUBLIC_URL: text })).toThrow(
      /^PUBLIC_URL must be an address without a path, like https:\/\/api\.example\.com$/,
    ),
  );
});

describe('TRUSTED_PROXIES', () => {
  test('accepts addresses and ranges', () => {
    expect(loadConfig({}).trustedProxies).toEqual([]);
    expect(loadConfig({ TRUSTED_PROXIES: '10.0.0.1, 172.16.0.0/12,2001:db8::/32' }).trustedProxies).toEqual([
      '10.0.0.1',
      '172.16.0.0/12',
      '2001:db8::/32',
    ]);
  });

  test.each(['proxy.example.com', '10.0.0.0/33', '10.0.0', '::1/129', '10.0.0.0/', '*'])('rejects %s', (text) =>
    expect(() => loadConfig({ TRUSTED_PROXIES: `10.0.0.1,${text}` })).toThrow(/^TRUSTED_PROXIES must be IP addresses or ranges/),
  );
});

describe('ALLOWED_HOSTS', () => {
  test('accepts names, and normalizes them as a URL does', () => {
    expect(loadConfig({}).allowedHosts).toEqual([]);
    expect(loadConfig({ ALLOWED_HOSTS: 'API.example.com, [0::1],localhost' }).allowedHosts).toEqual([
      'api.example.com',
      '[::1]',
      'localhost',
    ]);
  });

  test.each(['api.example.com:443', 'https://api.example.com', '*.example.com', 'a/b', "a'b", '[::1'])('rejects %s', (text) =>
    expect(() => loadConfig({ ALLOWED_HOSTS: `good.example.com,${text}` })).toThrow(/^ALLOWED_HOSTS must be host names without a port/),
  );
});

describe('BUDGET_PER_MINUTE and REDIS_URL', () => {
  test('have defaults, and are read', () => {
    expect(loadConfig({})).toMatchObject({ budgetPerMinute: 5_000_000, redisUrl: null });
    const env = { BUDGET_PER_MINUTE: '1000', REDIS_URL: 'rediss://user:password@redis.example.com:6380/2' };
    expect(loadConfig(env)).toMatchObject({ budgetPerMinute: 1_000, redisUrl: env.REDIS_URL });
  });

  test.each([
    ['BUDGET_PER_MINUTE', '0', 'must be a number of points, 1 to 2147483647'],
    ['BUDGET_PER_MINUTE', '2147483648', 'must be a number of points, 1 to 2147483647'],
    ['BUDGET_PER_MINUTE', 'unlimited', 'must be a number of points, 1 to 2147483647'],
    ['REDIS_URL', 'http://127.0.0.1', 'must be a URL like redis://user:password@host:6379/0'],
    ['REDIS_URL', '127.0.0.1:6379', 'must be a URL like redis://user:password@host:6379/0'],
  ])('rejects %s of %s', (name, value, rule) => expect(() => loadConfig({ [name]: value })).toThrow(`${name} ${rule}`));
});

describe('limits', () => {
  test('have defaults, and are read', () => {
    expect(loadConfig({})).toMatchObject({ requestTimeoutMs: 30_000, maxStreams: { perKey: 250, perOrganization: 2_000 } });
    const env = { REQUEST_TIMEOUT: '5', STREAMS_PER_KEY: '1', STREAMS_PER_ORGANIZATION: '20' };
    expect(loadConfig(env)).toMatchObject({ requestTimeoutMs: 5_000, maxStreams: { perKey: 1, perOrganization: 20 } });
  });

  test.each(['0', '-1', '1.5', 'many', '1000000'])('rejects %s', (text) => {
    for (const name of ['REQUEST_TIMEOUT', 'STREAMS_PER_KEY', 'STREAMS_PER_ORGANIZATION']) {
      expect(() => loadConfig({ [name]: text })).toThrow(new RegExp(`^${name} must be a number`));
    }
  });
});

describe('DATABASE_POOL', () => {
  test('is 10 by default, 4 to 1000', () => {
    expect(loadConfig({}).databasePool).toBe(10);
    expect(loadConfig({ DATABASE_POOL: '4' }).databasePool).toBe(4);
    for (const wrong of ['3', '1001', '0', 'ten', '-1'])
      expect(() => loadConfig({ DATABASE_POOL: wrong })).toThrow(/^DATABASE_POOL must be a number of connections, 4 to 1000$/);
  });
});

describe('TRUSTED_OPERATIONS', () => {
  test('accepts a file, and the flag that no other operations may run', () => {
    expect(loadConfig({}).trustedOperations).toBeNull();
    expect(loadConfig({ TRUSTED_OPERATIONS: 'a.json' }).trustedOperations).toEqual({ path: 'a.json', only: false });
    expect(loadConfig({ TRUSTED_OPERATIONS: 'a.json', TRUSTED_OPERATIONS_ONLY: 'true' }).trustedOperations).toEqual({
      path: 'a.json',
      only: true,
    });
  });

  test('rejects the flag without a file, and any value but true and false', () => {
    expect(() => loadConfig({ TRUSTED_OPERATIONS_ONLY: 'true' })).toThrow(/^TRUSTED_OPERATIONS_ONLY needs TRUSTED_OPERATIONS/);
    expect(() => loadConfig({ TRUSTED_OPERATIONS: 'a.json', TRUSTED_OPERATIONS_ONLY: 'yes' })).toThrow(
      /^TRUSTED_OPERATIONS_ONLY must be true or false$/,
    );
  });
});

describe('STATEMENT_TIMEOUT', () => {
  test.each([
    [undefined, 10_000],
    ['1', 1_000],
    ['600', 600_000],
  ])('%s', (text, ms) => expect(loadConfig({ STATEMENT_TIMEOUT: text }).statementTimeoutMs).toBe(ms));

  test.each(['0', '-1', '0.5', '10s', '10000'])('rejects %s', (text) =>
    expect(() => loadConfig({ STATEMENT_TIMEOUT: text })).toThrow(/^STATEMENT_TIMEOUT must be a number of seconds, 1 to 9999$/),
  );
});

describe('limits of answers', () => {
  test('have defaults', () => {
    expect(loadConfig({})).toMatchObject({ maxResponseBytes: 16_777_216, maxHeldBytes: 268_435_456, answerTimeoutMs: 30_000 });
  });

  test('are read as bytes and seconds', () => {
    const given = { MAX_RESPONSE_BYTES: '1024', MAX_HELD_BYTES: '1000000', ANSWER_TIMEOUT: '5' };
    expect(loadConfig(given)).toMatchObject({ maxResponseBytes: 1_024, maxHeldBytes: 1_000_000, answerTimeoutMs: 5_000 });
  });

  test.each([
    ['MAX_RESPONSE_BYTES', '0'],
    ['MAX_RESPONSE_BYTES', '16MiB'],
    ['MAX_RESPONSE_BYTES', '268435457'],
    ['MAX_HELD_BYTES', '-1'],
    ['ANSWER_TIMEOUT', '0'],
    ['ANSWER_TIMEOUT', '1.5'],
  ])('rejects %s of %s', (name, value) => expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be a number of`)));
});

describe('WEBHOOK_ALLOWED_RANGES', () => {
  test('accepts addresses and ranges', () => {
    expect(loadConfig({}).webhookAllowedRanges).toEqual([]);
    expect(loadConfig({ WEBHOOK_ALLOWED_RANGES: '127.0.0.1, fd00::/8' }).webhookAllowedRanges).toEqual(['127.0.0.1', 'fd00::/8']);
  });

  test.each(['true', 'localhost', '10.0.0.0/33'])('rejects %s', (text) =>
    expect(() => loadConfig({ WEBHOOK_ALLOWED_RANGES: text })).toThrow(/^WEBHOOK_ALLOWED_RANGES must be IP addresses or ranges/),
  );
});
