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
  ])('%s is no exact origin', (text) =>
    expect(() => loadConfig({ CORS_ORIGINS: `https://good.example.com,${text}` })).toThrow(/^CORS_ORIGINS must be exact origins/),
  );
});

describe('TRUSTED_OPERATIONS', () => {
  test('a file, and whether nothing else runs', () => {
    expect(loadConfig({}).trustedOperations).toBeNull();
    expect(loadConfig({ TRUSTED_OPERATIONS: 'a.json' }).trustedOperations).toEqual({ path: 'a.json', only: false });
    expect(loadConfig({ TRUSTED_OPERATIONS: 'a.json', TRUSTED_OPERATIONS_ONLY: 'true' }).trustedOperations).toEqual({
      path: 'a.json',
      only: true,
    });
  });

  test('only those of no file is a mistake, as is what is neither true nor false', () => {
    expect(() => loadConfig({ TRUSTED_OPERATIONS_ONLY: 'true' })).toThrow(/^TRUSTED_OPERATIONS_ONLY needs TRUSTED_OPERATIONS/);
    expect(() => loadConfig({ TRUSTED_OPERATIONS: 'a.json', TRUSTED_OPERATIONS_ONLY: 'yes' })).toThrow(
      /^TRUSTED_OPERATIONS_ONLY must be true or false$/,
    );
  });
});
