import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { tooComplex } from '../errors.ts';
import { type Price, priceOf } from '../execution/price.ts';
import { maxPrice, maxValues } from '../limits.ts';

/**
 * Computes the price of each operation before it runs, refuses it if the price is too high, spends the price from the key's budget, and adds it to the answer
 * as `extensions.cost`. A subscription spends its price when it begins and with each event; it ends if the budget is used up.
 */
export function costs(): Plugin<Context> {
  return {
    async onExecute({ args, setResultAndStopExecution }) {
      const price = priceOfRun(args);
      const refused = refusal(price, args) ?? (await spend(price, args));
      if (refused) return setResultAndStopExecution(refused);
      return {
        onExecuteDone({ result }) {
          if (!isAsyncIterable(result)) addCost(result, price);
        },
      };
    },
    async onSubscribe({ args, setResultAndStopExecution }) {
      const price = priceOfRun(args);
      const refused = refusal(price, args) ?? (await spend(price, args));
      if (refused) return setResultAndStopExecution(refused);
      return {
        onSubscribeResult({ result, setResult }) {
          if (!isAsyncIterable(result)) return void addCost(result, price);
          setResult(mapAsyncIterator(result, (event: ExecutionResult) => paid(event, result, price, args)));
        },
      };
    },
  };
}

type Run = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues' | 'contextValue'>;

/** The prices of operations without variables, which never change. */
const fixedPrices = new WeakMap<OperationDefinitionNode, Price>();

function priceOfRun({ schema, document, operationName, variableValues }: Run): Price {
  const operation = getOperationAST(document, operationName);
  if (!operation) return { rows: 0, values: 0 };
  const fixed = fixedPrices.get(operation);
  if (fixed !== undefined) return fixed;
  const price = priceOf(schema, document, operation, variableValues ?? {});
  if (!operation.variableDefinitions?.length) fixedPrices.set(operation, price);
  return price;
}

/** Returns the refusal of an operation that may return too much; null if it may run. Without a key nothing runs, and the answer is UNAUTHENTICATED. */
function refusal(price: Price, { contextValue }: Run): ExecutionResult | null {
  if ((contextValue as Context).viewer === null) return null;
  const { rows, values } = price;
  if (rows > maxPrice) {
    const cost = `the operation costs ${count(rows)}; at most ${count(maxPrice)} is allowed: request smaller pages or fewer searches`;
    return addCost({ errors: [tooComplex(cost, { price: rows, limit: maxPrice })] }, price);
  }
  if (values > maxValues) {
    const many = `the operation may return ${count(values)} values; at most ${count(maxValues)} are allowed: request smaller pages or fewer fields`;
    return addCost({ errors: [tooComplex(many, { price: values, limit: maxValues })] }, price);
  }
  return null;
}

/** Spends the price. @returns the refusal if the budget is used up; null if the operation may run */
async function spend(price: Price, { contextValue }: Run): Promise<ExecutionResult | null> {
  try {
    await (contextValue as Context).visit.spend(price.rows);
    return null;
  } catch (error) {
    return addCost({ errors: [new GraphQLError('', { originalError: error as Error })] }, price);
  }
}

/** Returns an event after spending its price. If the budget is used up, it returns the refusal and ends the stream; the client continues after the last event. */
async function paid(event: ExecutionResult, events: AsyncIterable<ExecutionResult>, price: Price, run: Run): Promise<ExecutionResult> {
  const refused = await spend(price, run);
  if (refused === null) return addCost(event, price);
  void events[Symbol.asyncIterator]().return?.();
  return refused;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function addCost(result: ExecutionResult, { rows }: Price): ExecutionResult {
  result.extensions = { ...result.extensions, cost: { price: rows, limit: maxPrice } };
  return result;
}
