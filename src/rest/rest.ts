import type { Logger } from 'pino';
import { contractOf, contracts } from './contracts.ts';
import { answerRefusal } from './kit/answer.ts';
import { router } from './kit/router.ts';
import type { Backing, Caller } from './kit/serve.ts';

/** Returns the handler of the documented REST APIs. It also answers the paths that no contract has. */
export function createRest({ log, ...backing }: Backing & { log: Logger }): (request: Request, caller: Caller) => Promise<Response> {
  const routers = new Map(contracts.map((contract) => [contract, router(contract, backing, log)]));
  return async (request, caller) => {
    const serve = routers.get(contractOfRequest(request));
    if (serve === undefined) throw new Error('a contract is not in the table');
    return serve(request, caller);
  };
}

/** Refuses a request for a host that is not served here, in the shape of the contract that its path names. */
export function refuseHost(request: Request, requestId: string): Response {
  return answerRefusal(contractOfRequest(request), { reason: 'misdirected' }, requestId);
}

function contractOfRequest({ url, headers }: Request) {
  return contractOf(new URL(url).pathname, headers.get('authorization'));
}
