/** `+` and 8 to 15 digits. */
export function isE164(text: string): boolean {
  return /^\+[0-9]{8,15}$/.test(text);
}
