import type { Logger } from 'pino';
import { contractOf, contracts } from './contracts.ts';
import { router } from './router.ts';
import type { Backing } from './serve.ts';

/** The documented REST APIs, and the answer to every path that is nobody's. `requestId` goes out with the answer. */
export function createRest({ log, ...backing }: Backing & { log: Logger }): (request: Request, requestId: string) => Promise<Response> {
  const routers = new Map(contracts.map((contract) => [contract, router(contract, backing, log)]));
  return async (request, requestId) => {
    const serve = routers.get(contractOf(new URL(request.url).pathname, request.headers.get('authorization')));
    if (serve === undefined) throw new Error('a contract is not in the table');
    return serve(request, requestId);
  };
}
