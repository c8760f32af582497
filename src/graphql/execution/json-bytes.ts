/** A number, or a value that takes about as much: exact sizes of small values are not worth their time. */
const smallBytes = 12;
const instantBytes = 26;

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them
const escaped = /["\\\u0000-\u001f]/;

/** The UTF-8 bytes of a leaf value in a JSON answer: exact for text, objects and instants, about right for anything else. */
export function jsonBytes(value: unknown): number {
  if (typeof value === 'string') return escaped.test(value) ? Buffer.byteLength(JSON.stringify(value)) : Buffer.byteLength(value) + 2;
  if (typeof value !== 'object' || value === null) return smallBytes;
  if (value instanceof Date) return instantBytes;
  if (Array.isArray(value)) return value.reduce<number>((bytes, item) => bytes + jsonBytes(item) + 1, 2);
  return Buffer.byteLength(JSON.stringify(value));
}
