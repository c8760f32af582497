import type pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';

/** The columns of a prepared statement: the server sent them when it first ran. */
export interface Shape {
  names: readonly string[];
  /** One for each name: they read a value that is not null. */
  parsers: readonly ((text: string) => unknown)[];
  /** A row of nulls. Rows begin as copies of it, so that they have one layout in memory. */
  nulls: Readonly<Record<string, null>>;
}

export function shapeOf(fields: readonly pg.FieldDef[], parserOf: (oid: number) => (text: string) => unknown): Shape {
  const names = fields.map(({ name }) => name);
  return {
    names,
    parsers: fields.map(({ dataTypeID }) => parserOf(dataTypeID)),
    nulls: Object.fromEntries(names.map((name) => [name, null])),
  };
}

/** A statement that the connection has prepared. */
export interface Prepared {
  name: string;
  values: readonly unknown[];
  shape: Shape;
}

/**
 * Prepared statements that are sent in one message and answered by one: the server runs them one after the other, and none after one that fails. The driver calls
 * the methods. It asks for no description of the columns, as the driver's own query does each time: if they changed, the server refuses the statement (0A000).
 */
export class PreparedBatch implements pg.Submittable {
  /** The rows of each statement. Rejected with the error of any of them. */
  readonly rows: Promise<object[][]>;
  readonly #statements: readonly Prepared[];
  readonly #ended: object[][] = [];
  #rows: object[] = [];
  readonly #resolve: (rows: object[][]) => void;
  readonly #reject: (error: unknown) => void;

  constructor(statements: readonly Prepared[]) {
    this.#statements = statements;
    const { promise, resolve, reject } = Promise.withResolvers<object[][]>();
    this.rows = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    stream.cork();
    try {
      for (const { name, values } of this.#statements) {
        connection.bind({ statement: name, values: values.map((each) => prepareValue(each)) }, true);
        connection.execute(null, true);
      }
      connection.sync();
    } finally {
      stream.uncork();
    }
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const shape = this.#statements[this.#ended.length]?.shape;
    if (shape === undefined) return;
    try {
      this.#rows.push(rowOf(shape, fields));
    } catch (error) {
      // Thrown here, it would end the process.
      this.#reject(error);
    }
  }

  handleCommandComplete(): void {
    this.#ended.push(this.#rows);
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#ended);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }
}

function rowOf({ names, parsers, nulls }: Shape, fields: readonly (string | null)[]): object {
  const row: Record<string, unknown> = { ...nulls };
  for (let index = 0; index < names.length; index += 1) {
    const text = fields[index];
    if (text != null) row[names[index] as string] = (parsers[index] as Shape['parsers'][number])(text);
  }
  return row;
}
