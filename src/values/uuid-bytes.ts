// The sixteen bytes of a UUID. Every id and cursor of an answer needs them, so the digits are read from a table, which is faster than `Buffer.write` as hex.

/** The value of each hexadecimal digit, by its character code. */
const digitValues = new Uint8Array(128);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  digitValues[digit.charCodeAt(0)] = value;
  digitValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/** The indexes at which the pairs of digits begin in a UUID's text. */
const pairs = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** Writes the bytes of a UUID to `target` from `offset` on. The text must be a UUID. */
export function writeUuid(target: Uint8Array, offset: number, uuid: string): void {
  let at = offset;
  for (const pair of pairs) {
    target[at] = ((digitValues[uuid.charCodeAt(pair)] ?? 0) << 4) | (digitValues[uuid.charCodeAt(pair + 1)] ?? 0);
    at += 1;
  }
}

/** Returns the canonical text of a UUID's sixteen bytes. */
export function formatUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
