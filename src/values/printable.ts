/** Characters that a terminal interprets instead of showing: controls (C0, DEL, C1), line separators, and those that change the direction of text. */
const controls = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Escapes a line of text, or JSON, for a terminal: control characters become escapes such as `\u001b`. JSON keeps its value. All output of commands is escaped here. */
export function printable(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Returns the problem of a name with control characters, or null. In a terminal, a line break or an escape sequence could look like rows that do not exist. */
export function nameProblem(name: string): string | null {
  const [character] = name.match(controls) ?? [];
  if (character === undefined) return null;
  return `must not hold control characters, such as U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
