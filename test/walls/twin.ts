// For a value that names something, one of the same form that names nothing.
import { decodeId, encodeId, isUuid } from '../../src/values/ids.ts';
import { isCursor } from './known.ts';

const unknownUuid = '0190a1b2-c3d4-7000-8000-000000000000';

/**
 * The same form, type, length and instant, but of nothing that exists; null for what names nothing, such as an instant. Different values have different twins
 * but for ids of one type.
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

/** As many digits, and more than any organization of a test has of anything. */
function otherInteger(digits: string): string {
  return (digits.startsWith('9') ? '8' : '9') + digits.slice(1);
}

/** At the same instant, or in the same transaction: another item. */
function otherCursor(cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const id = bytes.length === 24 ? bytes.subarray(8) : bytes.subarray(10);
  for (const [index, byte] of id.entries()) id[index] = index < 4 ? byte : byte ^ 0x2a;
  return bytes.toString('base64url');
}
