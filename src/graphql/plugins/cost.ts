import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { tooComplex } from '../errors.ts';
import { type Cost, costOf } from '../execution/cost.ts';
import { maxCost, maxValues } from '../limits.ts';

/**
 * Computes the cost of each operation before it runs, refuses it if the cost is above the limit, spends the cost from the key's budget, and adds it to the answer
 * as `extensions.cost`. A subscription spends its cost when it begins and with each event; it ends if the budget is used up.
 */
export function costs(): Plugin<Context> {
  return {
    async onExecute({ args, setResultAndStopExecution }) {
      const cost = costOfRun(args);
      const refused = refusal(cost, args) ?? (await spend(cost, args));
      if (refused) return setResultAndStopExecution(refused);
      return {
        onExecuteDone({ result }) {
          if (!isAsyncIterable(result)) addCost(result, cost);
        },
      };
    },
    async onSubscribe({ args, setResultAndStopExecution }) {
      const cost = costOfRun(args);
      const refused = refusal(cost, args) ?? (await spend(cost, args));
      if (refused) return setResultAndStopExecution(refused);
      return {
        onSubscribeResult({ result, setResult }) {
          if (!isAsyncIterable(result)) return void addCost(result, cost);
          setResult(mapAsyncIterator(result, (event: ExecutionResult) => paid(event, result, cost, args)));
        },
      };
    },
  };
}

type Run = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues' | 'contextValue'>;

/** The costs that no variable changes. */
const fixedCosts = new WeakMap<OperationDefinitionNode, Cost>();

function costOfRun({ schema, document, operationName, variableValues }: Run): Cost {
  const operation = getOperationAST(document, operationName);
  if (!operation) return { rows: 0, values: 0 };
  const fixed = fixedCosts.get(operation);
  if (fixed !== undefined) return fixed;
  const cost = costOf(schema, document, operation, variableValues ?? {});
  if (cost.isFixed) fixedCosts.set(operation, cost);
  return cost;
}

/** Returns the refusal of an operation that may return too much; null if it may run. Without a key nothing runs, and the answer is UNAUTHENTICATED. */
function refusal(cost: Cost, { contextValue }: Run): ExecutionResult | null {
  if ((contextValue as Context).viewer === null) return null;
  const { rows, values } = cost;
  if (rows > maxCost) {
    const tooExpensive = `the operation costs ${count(rows)}; at most ${count(maxCost)} is allowed: request smaller pages or fewer searches`;
    return addCost({ errors: [tooComplex(tooExpensive, { price: rows, limit: maxCost })] }, cost);
  }
  if (values > maxValues) {
    const many = `the operation may return ${count(values)} values; at most ${count(maxValues)} are allowed: request smaller pages or fewer fields`;
    return addCost({ errors: [tooComplex(many, { price: values, limit: maxValues })] }, cost);
  }
  return null;
}

/** Spends the cost. @returns the refusal if the budget is used up; null if the operation may run */
async function spend(cost: Cost, { contextValue }: Run): Promise<ExecutionResult | null> {
  try {
    const { visit } = contextValue as Context;
    await visit.spend(cost.rows);
    visit.record.price = cost.rows;
    return null;
  } catch (error) {
    return addCost({ errors: [new GraphQLError('', { originalError: error as Error })] }, cost);
  }
}

/** Returns an event after spending its cost. If the budget is used up, it returns the refusal and ends the stream; the client continues after the last event. */
async function paid(event: ExecutionResult, events: AsyncIterable<ExecutionResult>, cost: Cost, run: Run): Promise<ExecutionResult> {
  const refused = await spend(cost, run);
  if (refused === null) return addCost(event, cost);
  void events[Symbol.asyncIterator]().return?.();
  return refused;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function addCost(result: ExecutionResult, { rows }: Cost): ExecutionResult {
  result.extensions = { ...result.extensions, cost: { price: rows, limit: maxCost } };
  return result;
}
