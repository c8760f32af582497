/** Bytes of a number or a similar small value; exact sizes would take too long to compute. */
const smallBytes = 12;
const instantBytes = 26;

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them
const escaped = /["\\\u0000-\u001f]/;

/** Returns the UTF-8 bytes of a leaf value in a JSON answer: exact for text, objects and times, approximate for other values. */
export function jsonBytes(value: unknown): number {
  if (typeof value === 'string') return escaped.test(value) ? Buffer.byteLength(JSON.stringify(value)) : Buffer.byteLength(value) + 2;
  if (typeof value !== 'object' || value === null) return smallBytes;
  if (value instanceof Date) return instantBytes;
  if (Array.isArray(value)) return value.reduce<number>((bytes, item) => bytes + jsonBytes(item) + 1, 2);
  return Buffer.byteLength(JSON.stringify(value));
}
