import type { ExecutionResult } from 'graphql';

/** The data of an answer as JSON text. */
export class WrittenData {
  readonly text: string;
  #parsed: unknown;

  constructor(text: string) {
    this.text = text;
  }

  /** True if a field of the operation itself is not null. */
  get inPart(): boolean {
    return !/^\{("\w+":null,?)*\}$/.test(this.text);
  }

  /** For transports that write an answer inside of a message. Parsed once, because streams share the data of an event. */
  toJSON(): unknown {
    this.#parsed ??= JSON.parse(this.text);
    return this.#parsed;
  }
}

/** Writes a result as `JSON.stringify` does, with its data as they were written. */
export function stringify(result: ExecutionResult): string {
  let members = '';
  for (const [key, value] of Object.entries(result)) {
    const text: string | undefined = value instanceof WrittenData ? value.text : JSON.stringify(value);
    if (text !== undefined) members += `${members === '' ? '' : ','}"${key}":${text}`;
  }
  return `{${members}}`;
}

/** The same in UTF-8: a large text would be measured and encoded several times on its way to the socket. */
export function encode(result: ExecutionResult): Buffer {
  return Buffer.from(stringify(result));
}
