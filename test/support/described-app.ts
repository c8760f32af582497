import type { ServerResponse } from 'node:http';
import type { App } from '../../src/app.ts';
import { type Answered, differenceOf, isDescribed } from './described.ts';

/** Returns the same app, which checks each answer against its contract's description. If they differ, a fetch throws and a connection breaks. */
export function describedApp(app: App): App {
  return {
    ...app,
    async fetch(request) {
      const response = await app.fetch(request);
      const { pathname } = new URL(request.url);
      const { method, headers } = request;
      if (isDescribed({ method, pathname })) {
        const answered = { status: response.status, headers: response.headers, body: await response.clone().text() };
        const difference = differenceOf({ method, pathname, authorization: headers.get('authorization') }, answered);
        if (difference !== null) throw notDescribed(`${method} ${request.url}`, answered, difference);
      }
      return response;
    },
    handler(request, response) {
      const { method = 'GET', url = '/', headers } = request;
      const [pathname = ''] = url.split('?');
      if (isDescribed({ method, pathname })) {
        beforeItEnds(response, (answered) => {
          const difference = differenceOf({ method, pathname, authorization: headers.authorization ?? null }, answered);
          return difference === null ? null : notDescribed(`${method} ${url}`, answered, difference);
        });
      }
      return app.handler(request, response);
    },
  };
}

function notDescribed(request: string, { status, body }: Answered, difference: string): Error {
  return new Error(`the answer to ${request} differs from its description: ${difference}\n${status} ${body.slice(0, 1_000)}`);
}

/** Checks the whole answer before its end is sent to the client. */
function beforeItEnds(response: ServerResponse, look: (answered: Answered) => Error | null): void {
  const headers = new Headers();
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const { writeHead, write, end } = response;
  Object.assign(response, {
    // Headers that `writeHead` sends cannot be read later.
    writeHead(...given: unknown[]) {
      for (const [name, value] of Object.entries(Object(given.at(-1)))) headers.set(name, String(value));
      return Reflect.apply(writeHead, response, given);
    },
    write(...given: unknown[]) {
      keep(given[0]);
      return Reflect.apply(write, response, given);
    },
    end(...given: unknown[]) {
      keep(given[0]);
      const error = look({ status: response.statusCode, headers, body: Buffer.concat(chunks).toString() });
      if (error === null) return Reflect.apply(end, response, given);
      console.error(error.message);
      return response.destroy(error);
    },
  });
}
