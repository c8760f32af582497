// The harness compares every answer with its contract's description. These tests show that it finds wrong ones.
import { describe, expect, test } from 'vitest';
import { conversationPageExample } from '../../src/rest/agentmessage/examples.ts';
import { differenceOf, isDescribed } from './described.ts';

const headers = new Headers({ 'content-type': 'application/json', 'x-request-id': '01JTBQH2FZ8K1RXC0WJ4Z9P3VM' });
const request = { method: 'GET', pathname: '/agentmessage/v1/conversations', authorization: null };
const answered = { status: 200, headers, body: JSON.stringify(conversationPageExample) };
const [item] = conversationPageExample.data;
const withItem = (changed: object) => ({
  ...answered,
  body: JSON.stringify({ ...conversationPageExample, data: [{ ...item, ...changed }] }),
});
const refused = (status: number, code: string) => ({
  ...answered,
  status,
  body: JSON.stringify({ success: false, error: { code, message: 'x', request_id: 'x' } }),
});

test('accepts a correct answer', () => {
  expect(differenceOf(request, answered)).toBeNull();
  expect(differenceOf({ ...request, method: 'HEAD' }, { ...answered, body: '' })).toBeNull();
  expect(
    differenceOf(
      { ...request, method: 'DELETE' },
      { ...refused(405, 'METHOD_NOT_ALLOWED'), headers: new Headers([...headers, ['allow', 'GET']]) },
    ),
  ).toBeNull();
  expect(differenceOf({ ...request, pathname: '/agentmessage/x' }, refused(404, 'NOT_FOUND'))).toBeNull();
});

test.each([
  ['an additional key', withItem({ extra: 1 }), /extra|additional/],
  ['a missing key', withItem({ message_count: undefined }), /message_count/],
  ['another type', withItem({ message_count: '14' }), /integer/],
  ['a time not in UTC', withItem({ last_message_at: '2026-04-28T12:00:01+01:00' }), /pattern/],
  ['an unknown enum value', withItem({ last_message_direction: 'INBOUND' }), /allowed values/],
  ['an empty body', { ...answered, body: '' }, /JSON/],
  ['an undescribed status', refused(404, 'NOT_FOUND'), /status/],
  [
    'another contract’s refusal',
    { ...answered, status: 403, body: '{"error":{"code":"forbidden","message":"x","is_ziik_error":true}}' },
    /success/,
  ],
  ['no request id', { ...answered, headers: new Headers({ 'content-type': 'application/json' }) }, /X-Request-Id/],
  ['another media type', { ...answered, headers: new Headers([...headers, ['content-type', 'text/plain']]) }, /JSON/],
])('finds %s', (_name, wrong, difference) => {
  expect(() => {
    const found = differenceOf(request, wrong);
    if (found !== null) throw new Error(found);
  }).toThrow(difference);
});

describe('compares the answers', () => {
  test.each(['/v1/conversations', '/v1', '/conversations/1', '/agentphone/v1/x', '/ziik/'])('at %s', (pathname) => {
    expect(isDescribed({ method: 'GET', pathname })).toBe(true);
  });
  test.each(['/', '/graphql', '/health', '/v10', '/ziik/openapi.json', '/conversation'])('not at %s', (pathname) => {
    expect(isDescribed({ method: 'GET', pathname })).toBe(false);
  });
});
