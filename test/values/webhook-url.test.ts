import { expect, test } from 'vitest';
import { readRanges } from '../../src/values/public-address.ts';
import { webhookUrlProblem } from '../../src/values/webhook-url.ts';

const none = readRanges([]);
const address = 'must not lead to a private or reserved address';
const form = 'must be an https URL, without a user name, password or fragment';

test.each([
  'https://example.com',
  'https://example.com:8443/hooks?tenant=a%20b',
  'HTTPS://EXAMPLE.COM/',
  'https://bücher.example/',
  'https://8.8.8.8/',
  'https://134744072/', // 8.8.8.8
  'https://[2606:4700::1111]/',
])('%s is accepted', (url) => expect(webhookUrlProblem(url, none)).toBeNull());

test.each([
  'http://example.com/',
  'ftp://example.com/',
  'https://user@example.com/',
  'https://user:secret@example.com/',
  'https://example.com/#part',
  'https://example.com/a b',
  'https:/example.com',
  'https:\\\\example.com',
  'https://example.com:65536/',
  'https://256.256.256.256/',
  'https://[fe80::1%25eth0]/',
  'example.com',
  '',
])('%j is refused for its form', (url) => expect(webhookUrlProblem(url, none)).toBe(form));

test.each([
  'localhost',
  'LOCALHOST',
  'localhost.',
  'api.localhost',
  '127.0.0.1',
  '127.1',
  '127.0.0.1.',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.255.255.254',
  '0.0.0.0',
  '0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.100.100.200',
  '169.254.169.254',
  '0xa9fea9fe',
  '168.63.129.16',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:8.8.8.8]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::a00:1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[2001:db8::1]',
  '[100::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[4000::1]',
  '１２７.0.0.1', // full-width digits, which a URL reads as ASCII
  '127。0。0。1',
])('%s is refused as an address', (host) => expect(webhookUrlProblem(`https://${host}/`, none)).toBe(address));

test('an allowed range is accepted, by http too, and no other', () => {
  const allowed = readRanges(['127.0.0.0/8', 'fd00::/8', '10.1.2.3']);
  for (const host of ['127.0.0.1:8080', 'localhost', '[fd12::1]', '10.1.2.3']) {
    expect(webhookUrlProblem(`http://${host}/`, allowed)).toBeNull();
    expect(webhookUrlProblem(`https://${host}/`, allowed)).toBeNull();
  }
  for (const host of ['10.1.2.4', '[::1]', '8.8.8.8']) expect(webhookUrlProblem(`http://${host}/`, allowed)).toBe(address);
});

test('a URL that is too long is refused', () => {
  const path = 'a'.repeat(2_083 - 'https://example.com/'.length);
  expect(webhookUrlProblem(`https://example.com/${path}`, none)).toBeNull();
  expect(webhookUrlProblem(`https://example.com/${path}a`, none)).toBe('must have at most 2,083 characters');
});
