// The least that a server in Node can do: node:http and one prepared statement a request, over the same views. No GraphQL, no key, no limits.
import { createServer } from 'node:http';
import pg from 'pg';
import { answers } from './floor-statements.ts';
import { connectionString, listen, organizationId } from './listen.ts';

/** Instants stay the text that PostgreSQL writes: nothing here computes with them. */
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => text);
const pool = new pg.Pool({ connectionString, max: 10 });

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const answer = answers[pathname];
  if (answer === undefined) return void response.writeHead(404).end();
  const id = searchParams.get('id');
  pool.query({ name: pathname, text: answer.text, values: id === null ? [organizationId] : [organizationId, id] }).then(
    ({ rows }) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer.present(rows))),
    (error: Error) => response.writeHead(500).end(error.message),
  );
});
await listen(server);
