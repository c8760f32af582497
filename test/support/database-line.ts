// The way between a gateway and its PostgreSQL server, which a test can cut.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The connection that a gateway listens on, and those that it asks on. */
type Use = 'listening' | 'asking';

export class Line {
  /** Where the server is for who comes by this line. */
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

  /** Connections of these uses are lost, and none can be made. */
  cut(...uses: Use[]): void {
    this.#cut = uses;
    for (const [client, use] of this.#open) if (uses.includes(use)) client.destroy();
  }

  /** Connections of these uses hear nothing more, and do not notice. */
  silence(...uses: Use[]): void {
    this.#silent = uses;
  }

  /** Resolves once so many more connections were refused. */
  async refusals(count: number): Promise<void> {
    for (let refused = 0; refused < count; refused++) await new Promise<void>((resolve) => (this.#refused = resolve));
  }

  mend(): void {
    this.#cut = [];
    this.#silent = [];
  }

  close(): void {
    this.cut('listening', 'asking');
    this.#close();
  }

  #join(client: Socket, target: { host: string; port: number }): void {
    client.on('error', () => {});
    // The first thing that a client says is who it is.
    client.once('data', (startup) => {
      const use: Use = startup.includes('parley listening') ? 'listening' : 'asking';
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
