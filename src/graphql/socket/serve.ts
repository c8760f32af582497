// Operations over WebSocket. The library implements the protocol graphql-transport-ws; each operation runs like one over HTTP.
import type { Socket } from 'node:net';
import { type ExecutionArgs, GraphQLError, parse } from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import { isAsyncIterable } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Visit } from '../../auth/visit.ts';
import { ParleyError } from '../../errors.ts';
import type { Bodies } from '../../http/body.ts';
import type { FinishRequest } from '../../log/finish-request.ts';
import { schema } from '../built-schema.ts';
import type { Context } from '../context.ts';
import { gatewayError, shownError } from '../errors.ts';
import type { GraphQLFront } from '../front.ts';
import type { Results } from '../plugins/present-errors.ts';
import { authorizationIn } from './authorization.ts';
import { Connection } from './connection.ts';
import { whenEnded } from './when-ended.ts';

interface Services {
  front: GraphQLFront;
  bodies: Bodies;
  live: Context['live'];
  /** The limit of open operations of one socket. */
  maxOperations: number;
  /** Milliseconds in which `connection_init` must arrive. */
  initTimeoutMs: number;
  finish: FinishRequest;
  log: Logger;
}

interface Client {
  connection: Connection;
  /** The visit of the handshake, which has no key; later that of `connection_init`. */
  visit: Visit;
  /** Null until `connection_init` brings a valid key. */
  authorization: string | null;
  /** Operations that have not begun. */
  readonly beginning: Set<Promise<unknown>>;
  /** Operations whose last answer is not sent yet, with their results once they have begun. The library forgets an operation that the client completes before it begins. */
  readonly open: Map<string, AsyncIterator<unknown> | null>;
  /** The last message: its length, and the id of the operation that it began. */
  arrived: { length: number; began: string | null };
  /** True while a ping waits for the operations that are beginning. */
  pinged: boolean;
}

/** The longest ping in characters. A ping is held in memory while it waits. */
const maxPingLength = 1_200;

/** The longest id of an operation, in characters; each of its messages repeats the id. */
const maxIdLength = 200;

/** The library needs a document only to see that it is a subscription; the operation has already begun. */
const begun = parse('subscription { begun }');

/** Serves WebSockets from their handshake until they are closed. */
export function socketServer({ front, bodies, live, maxOperations, initTimeoutMs, finish, log }: Services) {
  /** Accepts a client with a valid key. @returns false if it is refused; the socket is closed then */
  async function accept(client: Client, authorization: string | null): Promise<boolean> {
    const { connection } = client;
    const visit = client.visit.another(authorization);
    const refused = (code: string) => {
      Object.assign(visit.record, { surface: 'graphql', route: '/graphql' }).failed(code);
      finish(visit.record, { method: 'WEBSOCKET', status: null });
    };
    try {
      const viewer = await visit.authenticate();
      if (viewer === null) {
        const reason = 'a valid API key is needed: send connectionParams {"Authorization": "Bearer <key>"} or {"apiKey": "<key>"}';
        connection.close({ code: CloseCode.Unauthorized, reason });
        refused('UNAUTHENTICATED');
        return false;
      }
      live.addSocket({ viewer, authorization }, ending(connection));
      connection.identify(viewer.organizationId);
      client.authorization = authorization;
      client.visit = visit;
      return true;
    } catch (error) {
      // There are too many sockets, or the database is unavailable. Clients connect again after this code.
      const { code, message } = gatewayError(error, visit.requestId, log);
      connection.close({ code: 1013, reason: message });
      refused(code);
      return false;
    }
  }

  /** Begins an operation. @returns its refusal, or the arguments with which the library runs it */
  async function begin({ connection, visit: accepted, authorization, open }: Client, id: string, params: object) {
    const visit = accepted.another(authorization);
    const { record } = visit;
    Object.assign(record, { surface: 'graphql', route: '/graphql' });
    const done = () => finish(record, { method: 'WEBSOCKET', status: null });
    const refusal = refusalOf(id, open.size);
    if (refusal !== null) {
      // Not awaited: a client may cause many refusals, and each message is held in memory until it is answered.
      void accepted.spend(1).catch(() => {});
      record.failed(refusal.code);
      done();
      return [shownError(refusal, visit.requestId)];
    }
    const request = new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { authorization: authorization ?? '' },
      signal: connection.disconnected.signal,
    });
    const results = whenEnded(await front.results(request, params, visit), done);
    // As over HTTP, a request that ran no operation costs 1.
    await visit.headers();
    if (isAsyncIterable(results)) {
      const events = results[Symbol.asyncIterator]();
      open.set(id, events);
      if (connection.disconnected.signal.aborted) await events.return?.();
    }
    return isRefusal(results) ? results.errors : { schema, document: begun, contextValue: results };
  }

  function refusalOf(id: string, open: number): ParleyError | null {
    if (id.length > maxIdLength) return new ParleyError('BAD_USER_INPUT', `an operation's id has at most ${maxIdLength} characters`);
    if (open <= maxOperations) return null;
    return new ParleyError('RATE_LIMITED', `this socket has ${maxOperations} operations open already: complete one, then subscribe again`);
  }

  /** Delays the pong until all operations have begun: the protocol has no other sign of that. */
  async function pinged(client: Client): Promise<void> {
    const { connection, beginning, arrived } = client;
    if (arrived.length > maxPingLength)
      return connection.close({ code: CloseCode.BadRequest, reason: `a ping has at most ${maxPingLength} characters` });
    if (client.pinged) return connection.close({ code: 4429, reason: 'a ping waits for its pong: send no other before it' });
    client.pinged = beginning.size > 0;
    await Promise.allSettled(beginning);
    client.pinged = false;
  }

  const protocol = makeServer<Record<string, unknown>, Client>({
    connectionInitWaitTimeout: initTimeoutMs,
    onConnect: ({ connectionParams, extra }) => accept(extra, authorizationIn(connectionParams)),
    onSubscribe: async ({ extra }, id, payload) => {
      if (extra.open.has(id)) {
        const reason = 'an operation with this id has not ended';
        extra.connection.close({ code: CloseCode.SubscriberAlreadyExists, reason });
        return [new GraphQLError(reason)];
      }
      extra.open.set(id, null);
      extra.arrived.began = id;
      const beginning = begin(extra, id, payload);
      extra.beginning.add(beginning);
      return beginning.finally(() => extra.beginning.delete(beginning));
    },
    onPing: ({ extra }) => pinged(extra),
    subscribe: ({ contextValue }: ExecutionArgs) => contextValue as Results as AsyncIterableIterator<never>,
  });

  const connections = new Set<Connection>();
  let stopping = false;

  async function work(message: string, handle: (message: string) => Promise<void>, client: Client): Promise<void> {
    const { connection } = client;
    // The library calls back with the message synchronously.
    const arrived: Client['arrived'] = { length: message.length, began: null };
    client.arrived = arrived;
    try {
      await handle(message);
    } catch (error) {
      const { message: reason } = error as Error;
      if (/^Unexpected message of type /.test(reason)) return connection.close({ code: CloseCode.BadRequest, reason });
      log.error({ err: error }, 'a message of a socket failed');
      connection.close({ code: CloseCode.InternalServerError, reason: 'internal error' });
    } finally {
      if (arrived.began !== null) client.open.delete(arrived.began);
    }
  }

  return {
    /** Serves a socket whose handshake is done; `stream` is the connection below it. */
    open(socket: WebSocket, stream: Socket, visit: Visit): void {
      const connection = new Connection(socket, stream, bodies);
      const client: Client = {
        connection,
        visit,
        authorization: null,
        beginning: new Set(),
        open: new Map(),
        arrived: { length: 0, began: null },
        pinged: false,
      };
      const closed = protocol.opened(
        {
          protocol: socket.protocol,
          send: (message) => connection.send(message),
          close: (code = CloseCode.InternalServerError, reason = '') => connection.close({ code, reason }),
          onMessage: (handle) => connection.onMessage((message) => work(message, handle, client)),
        },
        client,
      );
      connections.add(connection);
      if (stopping) connection.closeInOrder(stopped);
      connection.whenEnded(() => {
        connections.delete(connection);
        void closed();
        for (const events of client.open.values()) void events?.return?.();
      });
    },
    /** Closes every socket once its operations have ended, and those that open later. */
    end(): void {
      stopping = true;
      for (const connection of connections) connection.closeInOrder(stopped);
    },
  };
}

const stopped = { code: 1001, reason: 'this gateway is being stopped' };

/** Returns true if an operation was refused before it ran: then the result has no `data`, not even null. */
function isRefusal(results: Results): results is { errors: readonly GraphQLError[] } {
  return !isAsyncIterable(results) && results.errors !== undefined && results.data === undefined;
}

/** Closes a socket when its key ends, after its operations, which name the reason. */
function ending(connection: Connection) {
  return {
    fail: (error: unknown) => connection.closeInOrder({ code: CloseCode.Unauthorized, reason: (error as Error).message }),
    whenEnded: (callback: () => void) => connection.whenEnded(callback),
  };
}
