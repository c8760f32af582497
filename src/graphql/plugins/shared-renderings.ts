import { createHash } from 'node:crypto';
import {
  type ASTNode,
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  Kind,
  OperationTypeNode,
  visit,
} from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import type { ExecuteCompiled } from './compiled-execution.ts';

/** Subscribes as graphql-js does, but executes a selection once for each event for all streams of an organization with the same selection and scopes. */
export function sharedRenderings(executeCompiled: ExecuteCompiled): Plugin<Context> {
  return {
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn((args) => subscribe(args, executeCompiled)),
  };
}

async function subscribe(args: ExecutionArgs, executeCompiled: ExecuteCompiled): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  if (!isAsyncIterable(events)) return events;
  const context = args.contextValue as Context;
  const selection = selectionOf(args);
  return mapAsyncIterator(events, (event) =>
    context.live.rendered(context.viewer, event, selection, () => render(args, event, executeCompiled)),
  );
}

/** Executes the selection on an event, which has the limit of an answer for itself. */
async function render(args: ExecutionArgs, event: unknown, executeCompiled: ExecuteCompiled): Promise<ExecutionResult> {
  const { answer } = args.contextValue as Context;
  answer.restart();
  const result = await executeCompiled({ ...args, rootValue: event });
  return answer.exceeded ? { data: null, errors: [answer.refusal] } : result;
}

/** Returns a hash of all that the rendering of an event depends on: not the arguments that choose the events of a stream, such as `after`. */
function selectionOf({ schema, document, operationName, variableValues }: ExecutionArgs): string {
  const names = variablesBelow(document, schema.getRootType(OperationTypeNode.SUBSCRIPTION)?.name);
  const selection = [document.loc?.source.body, operationName, [...names].sort().map((name) => [name, variableValues?.[name]])];
  return createHash('sha256').update(JSON.stringify(selection)).digest('hex');
}

/** Returns the variables used outside of the arguments of the root type's fields. */
function variablesBelow(document: DocumentNode, root: string | undefined): Set<string> {
  const names = new Set<string>();
  visit(document, {
    Variable({ name }, _key, parent, _path, ancestors) {
      const within = [...ancestors, parent].filter((each): each is ASTNode => each !== undefined && 'kind' in each);
      const declared = within.some(({ kind }) => kind === Kind.VARIABLE_DEFINITION);
      if (!declared && !isRootArgument(within, root)) names.add(name.value);
    },
  });
  return names;
}

/** @param within the nodes from the document down */
function isRootArgument(within: readonly ASTNode[], root: string | undefined): boolean {
  const ofRoot = within.some(
    (each) => each.kind === Kind.OPERATION_DEFINITION || (each.kind === Kind.FRAGMENT_DEFINITION && each.typeCondition.name.value === root),
  );
  const fields = within.filter(({ kind }) => kind === Kind.FIELD).length;
  return ofRoot && fields === 1 && !within.some(({ kind }) => kind === Kind.DIRECTIVE);
}
