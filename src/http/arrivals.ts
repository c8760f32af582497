import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Gate, Visit } from '../auth/visit.ts';
import { type Client, type ClientSettings, clients, type Header, type Peer } from './client.ts';
import { newRequestId } from './request-id.ts';

/** A request before anything is answered: where it came from, and what its key may do. */
export interface Arrival {
  client: Client;
  visit: Visit;
}

/** Reads the headers of a request that arrives; `peer` null: it came by no connection. */
export type Arrive = (header: Header, peer: Peer | null) => Arrival;

export function arrivals(settings: ClientSettings, gate: Gate): Arrive {
  const clientOf = clients(settings);
  return (header, peer) => {
    const client = clientOf(header, peer);
    const { address } = client;
    return { client, visit: new Visit(gate, { requestId: newRequestId(), authorization: header('authorization'), address }) };
  };
}

/** The arrival of a request of Node's http server. */
export function arriveFromNode(arrive: Arrive, request: IncomingMessage): Arrival {
  return arrive((name) => headerOf(request, name), peerOf(request.socket));
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}

/** Null once the connection is closed. */
function peerOf({ remoteAddress, localAddress = '', localPort = 0 }: Socket): Peer | null {
  return remoteAddress === undefined ? null : { address: remoteAddress, localAddress, localPort };
}
