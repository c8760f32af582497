import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  locatedError,
  type OperationDefinitionNode,
  responsePathAsArray,
} from 'graphql';
import { type AnswerSize, endOfAnswer } from '../answer-size.ts';
import { Failures, type Path } from './failures.ts';
import type { Output } from './output.ts';

/** The JSON bytes of a null. */
const nullBytes = 4;

/** The parts of a document that belong to an operation. */
export interface OperationParts {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** The values of one execution. */
export interface Values {
  variables: Readonly<Record<string, unknown>>;
  rootValue: unknown;
  contextValue: unknown;
  output: Output;
  answer: AnswerSize;
}

/** One execution of an operation. */
export class Run {
  readonly parts: OperationParts;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  readonly output: Output;
  readonly answer: AnswerSize;
  readonly failures = new Failures();
  /** The arguments that depend on variables, by the number of their reader. */
  readonly arguments: object[] = [];

  constructor(parts: OperationParts, { variables, rootValue, contextValue, output, answer }: Values) {
    this.parts = parts;
    this.variables = variables;
    this.rootValue = rootValue;
    this.contextValue = contextValue;
    this.output = output;
    this.answer = answer;
  }

  /** Returns null for a part of the answer, and counts it. */
  null(): null {
    this.answer.count(nullBytes);
    return null;
  }

  /** Makes a part null for an error of it or below it. @throws the error if the part cannot be null, so that its parent fails */
  fail(thrown: unknown, nodes: readonly FieldNode[], path: Path, nullable: boolean): null {
    const isNew = !(thrown instanceof Error && 'path' in thrown && Array.isArray(thrown.path));
    if (isNew) this.answer.error(path, thrown);
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (!nullable || error === endOfAnswer) throw error;
    this.failures.add(error, path);
    return this.null();
  }
}
