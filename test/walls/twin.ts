// For a value that names an object, a value of the same form that names none.
import { decodeId, encodeId, isUuid } from '../../src/values/ids.ts';
import { isCursor } from './known.ts';

const unknownUuid = '0190a1b2-c3d4-7000-8000-000000000000';

/**
 * Returns a value of the same form, type, length and time that names no object; null for a value that names none, such as a time. Different values have
 * different twins, except ids of one type.
 */
export function twinOf(value: string | number): string | number | null {
  if (typeof value === 'number') return Number(otherInteger(String(value)));
  if (/^\d+$/.test(value)) return otherInteger(value);
  if (isUuid(value)) return unknownUuid;
  if (/^\+\d+$/.test(value)) return `+1777${value.slice(5)}`;
  if (/^\d{4}-\d\d-\d\d[T ]/.test(value)) return null;
  const [, prefix = '', middle = '', suffix = ''] = /^([a-z]+_)?([\w-]+?)(\.\w+)?$/.exec(value) ?? [];
  const decoded = decodeId(middle);
  if (decoded) return `${prefix}${encodeId(decoded.type, unknownUuid)}${suffix}`;
  if (isCursor(middle)) return `${prefix}${otherCursor(middle)}${suffix}`;
  return `${value.startsWith('u') ? 'v' : 'u'}${value.slice(1)}`;
}

/** Returns a number with as many digits that is higher than any of a test's organization. */
function otherInteger(digits: string): string {
  return (digits.startsWith('9') ? '8' : '9') + digits.slice(1);
}

/** Returns another item at the same time or in the same transaction. */
function otherCursor(cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const id = bytes.length === 24 ? bytes.subarray(8) : bytes.subarray(10);
  for (const [index, byte] of id.entries()) id[index] = index < 4 ? byte : byte ^ 0x2a;
  return bytes.toString('base64url');
}
