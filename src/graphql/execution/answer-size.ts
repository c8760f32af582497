import {
  type FieldNode,
  GraphQLError,
  type GraphQLResolveInfo,
  getNamedType,
  isAbstractType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import { tooComplex } from '../errors.ts';
import { maxFailedParts } from '../limits.ts';
import { portion, Turns } from './event-loop-turns.ts';
import { jsonBytes } from './json-bytes.ts';
import { fieldsOf, type Selection } from './selected-fields.ts';

/** An error with this extension ends the whole operation, even below nullable fields. */
const endsOperation = { CRITICAL_ERROR: true };

/** Approximate bytes of `__typename`, and of an error without its path. */
const typeNameBytes = 20;
const errorBytes = 200;

const stop = new GraphQLError('the answer is too large', { path: [], extensions: endsOperation });

/** An object without its values: the bytes of its braces and keys, and the number of its fields. */
interface Frame {
  bytes: number;
  fields: number;
}

/** Counts the JSON bytes of one answer while it is built. At the limit the operation ends, and no further object is resolved. */
export class AnswerSize {
  readonly turns = new Turns();
  readonly #limit: number;
  #bytes = 0;
  #errors = 0;
  /** The error of the part with which too many parts have failed. */
  #failure: GraphQLError | null = null;
  #selection: Selection | null = null;
  /** By the nodes that select an object: the executor passes the same list for every object of a list. */
  readonly #frames = new WeakMap<readonly FieldNode[], Frame>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get exceeded(): boolean {
    return this.#bytes > this.#limit || this.#failure !== null;
  }

  /** The refusal of an answer that is too large, or that failed in too many parts. */
  get refusal(): GraphQLError {
    if (this.#failure !== null) return this.#failure;
    return tooComplex(`the answer has more than ${this.#limit.toLocaleString('en')} bytes: request smaller pages or fewer fields`, {
      limit: this.#limit,
    });
  }

  /** Begins the next answer of the same operation, for the next event of a subscription. */
  restart(): void {
    this.#bytes = 0;
    this.#errors = 0;
    this.#failure = null;
  }

  /** Counts a scalar, an enum value or a list of them. @returns the value */
  leaf<Value>(value: Value): Value {
    if (!this.exceeded) this.#bytes += jsonBytes(value);
    return value;
  }

  /** Counts the braces and keys of an object, or of each object of a list. @returns the value, or promises of its parts in later turns */
  objects(value: unknown, info: GraphQLResolveInfo): unknown {
    const { bytes, fields } = this.#frameOf(info);
    const items = Array.isArray(value) ? value : [value];
    this.#bytes += bytes * items.length;
    if (this.exceeded) return this.stop();
    if (items === value) return this.#inTurns(items, fields);
    const turn = this.turns.take(fields);
    return turn === null ? value : this.#after(turn, value);
  }

  /** Counts an error of a field. Errors cost far more than values, so above a limit of failed parts the whole answer fails. */
  error(path: GraphQLResolveInfo['path'], error: unknown): void {
    this.#bytes += errorBytes;
    this.#errors += 1;
    if (this.#errors > maxFailedParts && !this.exceeded) {
      const originalError = error instanceof Error ? error : new Error(String(error));
      this.#failure = new GraphQLError(originalError.message, { path: responsePathAsArray(path), originalError });
    }
    for (let step: GraphQLResolveInfo['path'] | undefined = path; step !== undefined; step = step.prev)
      this.#bytes += String(step.key).length + 3;
  }

  /** Ends the operation. It rejects instead of throwing, because the executor loses the promises of a list if the next item throws. */
  stop(): Promise<never> {
    return Promise.reject(stop);
  }

  /** Returns the items of a list, divided into portions. */
  #inTurns(items: readonly unknown[], fields: number): readonly unknown[] {
    const size = Math.max(1, Math.floor(portion / fields));
    const spread: unknown[] = [];
    for (let begin = 0; begin < items.length; begin += size) {
      const part = items.slice(begin, begin + size);
      const turn = this.turns.take(part.length * fields);
      for (const item of part) spread.push(turn === null ? item : this.#after(turn, item));
    }
    return spread;
  }

  async #after(turn: Promise<void>, value: unknown): Promise<unknown> {
    await turn;
    return this.exceeded ? this.stop() : value;
  }

  #frameOf({ schema, fragments, variableValues, returnType, fieldNodes }: GraphQLResolveInfo): Frame {
    const cached = this.#frames.get(fieldNodes);
    if (cached !== undefined) return cached;
    this.#selection ??= { schema, fragments: new Map(Object.entries(fragments)), variables: variableValues };
    const frame = frameOf(this.#selection, getNamedType(returnType).name, fieldNodes);
    this.#frames.set(fieldNodes, frame);
    return frame;
  }
}

/** Returns the largest frame of the possible types. */
function frameOf(selection: Selection, typeName: string, nodes: readonly FieldNode[]): Frame {
  const type = selection.schema.getType(typeName);
  const types = isObjectType(type) ? [type] : isAbstractType(type) ? selection.schema.getPossibleTypes(type) : [];
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const most: Frame = { bytes: 3, fields: 1 };
  for (const each of types) {
    const fields = fieldsOf(selection, each, sets);
    let bytes = 3;
    for (const [key, [node]] of fields) bytes += key.length + 4 + (node?.name.value === '__typename' ? typeNameBytes : 0);
    most.bytes = Math.max(most.bytes, bytes);
    most.fields = Math.max(most.fields, fields.size);
  }
  return most;
}
