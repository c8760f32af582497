// Functions that make one expression from others.
import { Expression, type Parameter, type RequestValues } from './expression.ts';

type Constant = string | number | boolean | undefined;

/**
 * Converts a parameter; without a value it is `absent`.
 * @param write the same conversion in JavaScript, of the parameter's text
 */
export function convert<Value, Result, Absent = undefined>(
  parameter: Parameter<Value>,
  compute: (value: Exclude<Value, undefined>) => Result,
  write: (text: string) => string,
  absent?: Absent,
): Expression<Result | (undefined extends Value ? Absent : never)> {
  const { raw, source } = parameter;
  const converted = write(raw);
  return new Expression({
    compute: (values) => {
      const value = parameter.compute(values);
      // A parameter without a value has undefined in its type, so the result has Absent in its type.
      return value === undefined ? (absent as never) : compute(value as Exclude<Value, undefined>);
    },
    text: converted === raw ? raw : parameter.ifGiven(converted, JSON.stringify(absent) ?? 'undefined'),
    source,
  });
}

/** Looks a word up in a table; a word that is missing there becomes undefined. */
export function choose<Word extends string | undefined, const Table extends { readonly [Key in Exclude<Word, undefined>]?: Constant }>(
  parameter: Parameter<Word>,
  table: Table,
): Expression<Word extends keyof Table ? Table[Word] : undefined> {
  const values: Readonly<Record<string, Constant>> = table;
  const rows = Object.entries(values).map(([word, value]) => `${word}: ${JSON.stringify(value)}`);
  return new Expression({
    // The type of the result has the table's value for each word.
    compute: (request) => values[String(parameter.compute(request))] as never,
    text: `({ ${rows.join(', ')} })[${parameter.raw}]`,
    source: parameter.source,
  });
}

/** The first parameter that has a value, else a constant. */
export function firstGiven<Value, Default extends Constant>(
  parameters: readonly Parameter<Value>[],
  otherwise: Default,
): Expression<Exclude<Value, undefined> | Default> {
  return new Expression({
    compute: (values) => {
      const given = parameters.map((each) => each.compute(values)).find((value) => value !== undefined);
      return given === undefined ? otherwise : (given as Exclude<Value, undefined>);
    },
    text: [...parameters.map(({ raw }) => raw), JSON.stringify(otherwise)].join(' ?? '),
    source: parameters[0]?.source ?? null,
  });
}

/** The value of `then` or `otherwise`. A refusal names their source, never that of the condition. */
export function when<Then, Otherwise>(
  condition: Expression<boolean>,
  then: Expression<Then> | (Then & Constant),
  otherwise: Expression<Otherwise> | (Otherwise & Constant),
): Expression<Then | Otherwise> {
  const [yes, no] = [constant(then), constant(otherwise)];
  return new Expression<Then | Otherwise>({
    compute: (values) => (condition.compute(values) ? yes : no).compute(values),
    text: `${condition.text} ? ${yes.text} : ${no.text}`,
    source: yes.source ?? no.source,
  });
}

function constant<Value>(value: Expression<Value> | Value): Expression<Value> {
  if (value instanceof Expression) return value;
  return new Expression({ compute: () => value, text: JSON.stringify(value) ?? 'undefined', source: null });
}

export function isGiven(parameter: Parameter<unknown>): Expression<boolean> {
  return condition(parameter.given ?? 'true', (values) => parameter.compute(values) !== undefined);
}

export function isMoreThan(parameter: Parameter<number>, bound: number): Expression<boolean> {
  return condition(`${parameter.raw} > ${bound}`, (values) => parameter.compute(values) > bound);
}

export function not({ text, compute }: Expression<boolean>): Expression<boolean> {
  return condition(`!(${text})`, (values) => !compute(values));
}

export function and(left: Expression<boolean>, right: Expression<boolean>): Expression<boolean> {
  return condition(`(${left.text}) && ${right.text}`, (values) => left.compute(values) && right.compute(values));
}

export function or(left: Expression<boolean>, right: Expression<boolean>): Expression<boolean> {
  return condition(`${left.text} || ${right.text}`, (values) => left.compute(values) || right.compute(values));
}

export function condition(text: string, compute: (values: RequestValues) => boolean): Expression<boolean> {
  return new Expression({ compute, text, source: null });
}
