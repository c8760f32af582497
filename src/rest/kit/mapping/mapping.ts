import { type ArgumentNode, type DocumentNode, Kind, type ValueNode, visit } from 'graphql';
import { Expression, type RequestValues, type Source } from './expression.ts';

type Scalar = string | number | boolean | null | undefined;

/** A value made of expressions; everything else in it is used unchanged. */
export type Mapping<Value> = Expression<Value> | Fixed<Value>;
type Fixed<Value> = Value extends Scalar | readonly unknown[] ? Value : { readonly [Name in keyof Value]: Mapping<Value[Name]> };

/** A mapping of any type. */
type AnyMapping = Expression<unknown> | Scalar | readonly unknown[] | { readonly [name: string]: AnyMapping };

/** A documented GraphQL variable: a text is an expression in JavaScript, everything else is used unchanged. */
export type Recipe = Scalar | readonly unknown[] | { readonly [name: string]: Recipe };

/** Computes the value of a mapping for a request. */
export function compute(mapping: AnyMapping, values: RequestValues): unknown {
  if (mapping instanceof Expression) return mapping.compute(values);
  return isNested(mapping) ? mapValues(mapping, (part) => compute(part, values)) : mapping;
}

/** Writes a mapping as the OpenAPI document shows it. */
export function recipeOf(mapping: AnyMapping): Recipe {
  if (mapping instanceof Expression) return mapping.text;
  return isNested(mapping) ? mapValues(mapping, recipeOf) : mapping;
}

/** Returns GraphQL argument (`first`, `filter.since`) → the parameter that its value comes from, for the arguments that use the variables. */
export function sourcesOf(document: DocumentNode, variables: Readonly<Record<string, AnyMapping>>): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  const collect = (path: string, mapping: AnyMapping) => {
    if (mapping instanceof Expression) {
      if (mapping.source !== null && !sources.has(path)) sources.set(path, mapping.source);
    } else if (isNested(mapping)) {
      for (const [name, part] of Object.entries(mapping)) collect(`${path}.${name}`, part);
    }
  };
  const find = (path: string, value: ValueNode) => {
    if (value.kind === Kind.VARIABLE) collect(path, variables[value.name.value]);
    else if (value.kind === Kind.OBJECT) for (const field of value.fields) find(`${path}.${field.name.value}`, field.value);
  };
  visit(document, { Argument: ({ name, value }: ArgumentNode) => find(name.value, value) });
  return sources;
}

function isNested(mapping: Exclude<AnyMapping, Expression<unknown>>): mapping is { readonly [name: string]: AnyMapping } {
  return typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping);
}

function mapValues<Value, Result>(object: Readonly<Record<string, Value>>, change: (value: Value) => Result): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
