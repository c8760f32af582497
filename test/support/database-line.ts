// A proxy between a gateway and its PostgreSQL server, which a test can cut.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The connection that a gateway listens on for notifications, and those that run its statements. */
type Use = 'listening' | 'querying';

export class Line {
  /** The server's address behind this proxy. */
  readonly url: string;
  readonly #open = new Map<Socket, Use>();
  readonly #close: () => void;
  #cut: readonly Use[] = [];
  #silent: readonly Use[] = [];
  #refused = () => {};

  private constructor(url: string, close: () => void) {
    this.url = url;
    this.#close = close;
  }

  static async to(serverUrl: string): Promise<Line> {
    const url = new URL(serverUrl);
    const target = { host: url.hostname, port: Number(url.port || 5432) };
    const listener = createServer((client) => line.#join(client, target)).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    url.host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
    const line = new Line(url.href, () => listener.close());
    return line;
  }

  /** Breaks the connections of these uses, and refuses new ones. */
  cut(...uses: Use[]): void {
    this.#cut = uses;
    for (const [client, use] of this.#open) if (uses.includes(use)) client.destroy();
  }

  /** Keeps the connections of these uses open, and passes on nothing that the server sends. */
  silence(...uses: Use[]): void {
    this.#silent = uses;
  }

  /** Resolves after `count` more refused connections. */
  async refusals(count: number): Promise<void> {
    for (let refused = 0; refused < count; refused++) await new Promise<void>((resolve) => (this.#refused = resolve));
  }

  /** Ends `cut` and `silence`. */
  restore(): void {
    this.#cut = [];
    this.#silent = [];
  }

  close(): void {
    this.cut('listening', 'querying');
    this.#close();
  }

  #join(client: Socket, target: { host: string; port: number }): void {
    client.on('error', () => {});
    // A client's first message holds its name.
    client.once('data', (startup) => {
      const use: Use = startup.includes('parley listening') ? 'listening' : 'querying';
      if (this.#cut.includes(use)) {
        client.destroy();
        this.#refused();
        return;
      }
      this.#open.set(client, use);
      const server = connect(target);
      server.on('error', () => {});
      server.on('data', (data) => this.#silent.includes(use) || client.write(data));
      server.on('close', () => client.destroy());
      client.on('close', () => {
        this.#open.delete(client);
        server.destroy();
      });
      server.write(startup);
      client.pipe(server);
    });
  }
}
