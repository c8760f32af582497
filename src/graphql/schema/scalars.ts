import { Kind, valueFromASTUntyped } from 'graphql';
import { badInput } from '../../errors.ts';
import { contactAddressRule, isContactAddress } from '../../values/contact-address.ts';
import { parseDay } from '../../values/days.ts';
import { isHttpsUrl } from '../../values/https-url.ts';
import { formatInstant, parseInstant } from '../../values/instant.ts';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description:
    'A time in RFC 3339 format. Input may have any offset; output is in UTC, such as `2026-04-28T12:00:01Z`, with milliseconds if they are not 0.',
  serialize: formatInstant,
  parseValue: (value) =>
    refuseUnless('DateTime', typeof value === 'string' && parseInstant(value), 'must be an RFC 3339 date-time like 2026-04-28T12:00:01Z'),
});

builder.scalarType('Date', {
  description: 'A day of the calendar, such as `2026-04-28`.',
  serialize: (value) => value,
  parseValue: (value) =>
    refuseUnless('Date', typeof value === 'string' && parseDay(value) !== null && value, 'must be a date like 2026-04-28'),
});

builder.scalarType('SafeInt', {
  description: 'An integer from -(2^53-1) to 2^53-1, which every JSON parser keeps exact.',
  serialize: (value) => value,
  parseValue: (value) =>
    refuseUnless('SafeInt', typeof value === 'number' && Number.isSafeInteger(value) && value, 'must be an integer up to 2^53-1'),
});

builder.scalarType('URL', {
  description: 'An absolute https URL without a user name or password. Spaces must be percent-encoded.',
  serialize: (value) => value,
  parseValue: (value) => refuseUnless('URL', typeof value === 'string' && isHttpsUrl(value) && value, 'must be an https URL'),
});

builder.scalarType('PhoneNumberString', {
  description: `A contact address: ${contactAddressRule}. The numbers of the organization are always in E.164 format. Addresses are compared exactly: upper and lower case differ.`,
  serialize: (value) => value,
  parseValue: (value) =>
    refuseUnless('PhoneNumberString', typeof value === 'string' && isContactAddress(value) && value, `must be ${contactAddressRule}`),
});

builder.scalarType('JSON', {
  description: 'A JSON value: a string, a number, a Boolean, null, an array or an object.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

builder.scalarType('JSONObject', {
  description: 'A JSON object, returned with the keys and values that were stored.',
  serialize: (value) => value,
  parseValue: (value) => refuseUnless('JSONObject', isObject(value) && value, 'must be a JSON object'),
  parseLiteral: (node, variables) =>
    refuseUnless(
      'JSONObject',
      node.kind === Kind.OBJECT && (valueFromASTUntyped(node, variables) as Record<string, unknown>),
      'must be a JSON object',
    ),
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseUnless<Value>(scalar: string, value: Value | false | null, message: string): Value {
  if (value === false || value === null) throw badInput(scalar, message);
  return value;
}
