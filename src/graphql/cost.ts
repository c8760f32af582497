import { type ExecutionArgs, type ExecutionResult, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from './context.ts';
import { maxPrice } from './limits.ts';
import { priceOf } from './price.ts';
import { tooComplex } from './too-complex.ts';

/** Prices every operation from its variables before it runs, refuses what is too dear, and says the price in `extensions.cost` of the answer, or of each event. */
export function costs(): Plugin<Context> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const price = priceOfRun(args);
      if (isTooDear(price, args)) return setResultAndStopExecution(refusal(price));
      return {
        onExecuteDone({ result }) {
          if (!isAsyncIterable(result)) addCost(result, price);
        },
      };
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const price = priceOfRun(args);
      if (isTooDear(price, args)) return setResultAndStopExecution(refusal(price));
      return {
        onSubscribeResult({ result }) {
          if (!isAsyncIterable(result)) addCost(result, price);
          return {
            onNext({ result: event }) {
              if (!isAsyncIterable(event)) addCost(event, price);
            },
          };
        },
      };
    },
  };
}

type Run = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues' | 'contextValue'>;

/** Of operations without variables: the same each time. */
const fixedPrices = new WeakMap<OperationDefinitionNode, number>();

function priceOfRun({ schema, document, operationName, variableValues }: Run): number {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 0;
  const fixed = fixedPrices.get(operation);
  if (fixed !== undefined) return fixed;
  const price = priceOf(schema, document, operation, variableValues ?? {});
  if (!operation.variableDefinitions?.length) fixedPrices.set(operation, price);
  return price;
}

/** Without a key nothing runs: that is what the answer says. */
function isTooDear(price: number, { contextValue }: Run): boolean {
  return price > maxPrice && (contextValue as Context).viewer !== null;
}

function refusal(price: number): ExecutionResult {
  const rows = `the operation may return ${price.toLocaleString('en')} rows; at most ${maxPrice.toLocaleString('en')} are allowed`;
  return addCost({ errors: [tooComplex(`${rows}: ask for smaller pages`, { price, limit: maxPrice })] }, price);
}

function addCost(result: ExecutionResult, price: number): ExecutionResult {
  result.extensions = { ...result.extensions, cost: { price, limit: maxPrice } };
  return result;
}
