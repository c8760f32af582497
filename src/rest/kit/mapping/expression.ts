import type { z } from 'zod';
import type { Part } from '../refusal.ts';

/** The values of a request by part and name, each as its rule reads it. */
export type RequestValues = Readonly<Record<Part, Readonly<Record<string, unknown>>>>;

/** The parameter, or the key of the body, that a value comes from. */
export interface Source {
  part: Part;
  name: string;
}

interface Parts<Value> {
  compute: (values: RequestValues) => Value;
  text: string;
  source: Source | null;
}

/** A value made from a request. A route declares it once: the gateway computes it, the OpenAPI document shows it, and a refusal names its source. */
export class Expression<Value> {
  readonly compute: (values: RequestValues) => Value;
  /** JavaScript over `path`, `query` and `body`. */
  readonly text: string;
  /** The parameter to name when GraphQL refuses the value; null for a value that names none. */
  readonly source: Source | null;

  constructor({ compute, text, source }: Parts<Value>) {
    this.compute = compute;
    this.text = text;
    this.source = source;
  }
}

/** A parameter, or a key of the body. */
export class Parameter<Value> extends Expression<Value> {
  /** The parameter in JavaScript, even if it is an empty text that counts as absent. */
  readonly raw: string;
  /** The JavaScript condition under which the parameter has a value; null if it always has one. */
  readonly given: string | null;

  constructor(source: Source, rule: z.ZodType) {
    const raw = `${source.part}.${source.name}`;
    const isAbsent = (value: unknown) => {
      const read = rule.safeParse(value);
      return read.success && read.data === undefined;
    };
    const emptyIsAbsent = isAbsent('');
    super({
      // The rule with this name read the value, so it has the rule's type.
      compute: (values) => values[source.part][source.name] as Value,
      text: emptyIsAbsent ? `${raw} || undefined` : raw,
      source,
    });
    this.raw = raw;
    const given = emptyIsAbsent ? raw : `${raw} !== undefined`;
    this.given = isAbsent(undefined) ? given + (isAbsent('null') ? ` && ${raw} !== "null"` : '') : null;
  }

  /** Returns JavaScript that is `then` if the parameter has a value, else `otherwise`. */
  ifGiven(then: string, otherwise: string): string {
    const { raw, given } = this;
    if (given === null) return then;
    return given.endsWith('!== undefined') ? `${raw} === undefined ? ${otherwise} : ${then}` : `${given} ? ${then} : ${otherwise}`;
  }
}

/** The parameters of one part, by name. */
export type ParametersOf<Schema extends z.ZodObject> = {
  readonly [Name in keyof z.output<Schema>]-?: Parameter<z.output<Schema>[Name]>;
};

/** Returns the parameters of a part, for a mapping to use. */
export function parametersOf<Schema extends z.ZodObject>(part: Part, schema: Schema): ParametersOf<Schema> {
  const parameters = Object.entries<z.ZodType>(schema.shape).map(([name, rule]) => [name, new Parameter({ part, name }, rule)]);
  // The keys are those of the schema, and each parameter has the type of its rule.
  return Object.fromEntries(parameters) as ParametersOf<Schema>;
}
