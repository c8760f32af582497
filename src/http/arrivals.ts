import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Gate, Visit } from '../auth/visit.ts';
import { type Client, type ClientSettings, clients, type Header, type Peer } from './client.ts';
import { requestIdFrom } from './request-id.ts';

/** A request that has arrived: its client, and the visit that checks its key and budget. */
export interface Arrival {
  client: Client;
  visit: Visit;
}

/** Returns the arrival of a request, read from its headers. `peer`: null if it came over no connection. */
export type Arrive = (header: Header, peer: Peer | null) => Arrival;

export function arrivals(settings: ClientSettings, gate: Gate): Arrive {
  const clientOf = clients(settings);
  return (header, peer) => {
    const client = clientOf(header, peer);
    const requestId = requestIdFrom(header('x-request-id'));
    const source = { requestId, authorization: header('authorization'), address: client.address, traceparent: header('traceparent') };
    return { client, visit: new Visit(gate, source) };
  };
}

/** Returns the arrival of a request of Node's http server. */
export function arriveFromNode(arrive: Arrive, request: IncomingMessage): Arrival {
  return arrive((name) => headerOf(request, name), peerOf(request.socket));
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}

/** Returns null if the connection is closed. */
function peerOf({ remoteAddress, localAddress = '', localPort = 0 }: Socket): Peer | null {
  return remoteAddress === undefined ? null : { address: remoteAddress, localAddress, localPort };
}
