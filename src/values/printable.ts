/** Characters that a terminal obeys instead of showing: controls (C0, DEL, C1), line separators, and those that turn the direction of the text around them. */
const obeyed = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A line of text, or JSON, as a terminal may get it: what it would obey is escaped, as `\u001b`. JSON keeps its value. Everything that a command prints passes here. */
export function printable(text: string): string {
  return text.replace(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The reason why a text may not be a name, or null: one with a line break or an escape sequence could show as rows that do not exist. */
export function nameProblem(name: string): string | null {
  const [character] = name.match(obeyed) ?? [];
  if (character === undefined) return null;
  return `must not hold control characters, such as U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
