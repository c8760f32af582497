import type { Logger } from 'pino';
import { answerRefusal } from './answer.ts';
import { contractOf, contracts, fallback } from './contracts.ts';
import { router } from './router.ts';
import type { Backing } from './serve.ts';

/** The documented REST APIs, and the answer to every path that is nobody's. `requestId` goes out with the answer. */
export function createRest({ log, ...backing }: Backing & { log: Logger }): (request: Request, requestId: string) => Promise<Response> {
  const routers = new Map(contracts.map((contract) => [contract, router(contract, backing, log)]));
  return async (request, requestId) => {
    const contract = contractOf(new URL(request.url).pathname, request.headers.get('authorization'));
    const serve = contract && routers.get(contract);
    return serve ? serve(request, requestId) : answerRefusal(fallback, { reason: 'notFound' }, requestId);
  };
}
