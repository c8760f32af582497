const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Returns text as HTML shows it, in an element or an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}

/** Returns a value as JSON that can stand in a script element. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** Returns text as HTML, with code where the text has backticks. */
export function withCode(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}
