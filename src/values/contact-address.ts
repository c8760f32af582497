// The addresses of senders and recipients. They are compared exactly: upper and lower case differ.

const e164 = String.raw`\+[1-9][0-9]{6,14}`;
const shortCode = '[0-9]{3,8}';
/** An alphanumeric sender: no space at its ends, and at least one letter. */
const sender = '(?=.*[A-Za-z])[A-Za-z0-9+_&.-](?:[A-Za-z0-9 +_&.-]{0,9}[A-Za-z0-9+_&.-])?';

const wholeE164 = new RegExp(`^${e164}$`);
const wholeAddress = new RegExp(`^(?:${e164}|${shortCode}|${sender})$`);

/** The rule of `isE164`, to end a sentence. */
export const e164Rule = 'an E.164 number (`+`, a first digit 1 to 9, 7 to 15 digits in all)';

/** The rule of `isContactAddress`, to end a sentence. */
export const contactAddressRule = `${e164Rule}, a short code of 3 to 8 digits, or an alphanumeric sender of 1 to 11 characters with a letter in it (ASCII letters, digits, \`+\`, \`-\`, \`_\`, \`&\`, \`.\`, and spaces between them)`;

/** True for an E.164 number, the only form of an organization's own numbers. */
export function isE164(text: string): boolean {
  return wholeE164.test(text);
}

/** True for an address of a contact: E.164, a short code, or an alphanumeric sender. */
export function isContactAddress(text: string): boolean {
  return wholeAddress.test(text);
}
