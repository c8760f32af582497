// PostGraphile 5 with its Amber preset. The view of messages has no keys of its own, so that they are described as its documentation says: with smart tags.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';
import { connectionString, listen } from './listen.ts';

const smartTags = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      messages: { tags: { behavior: '-*' } },
      visible_messages: {
        tags: {
          primaryKey: 'organization_id,id',
          foreignKey: '(organization_id, conversation_id) references conversations (organization_id, id)|@foreignFieldName messages',
        },
        attribute: {
          created_at: { tags: { behavior: '+orderBy' } },
          id: { tags: { behavior: '+orderBy' } },
        },
      },
      conversations: {
        tags: {
          foreignKey:
            '(organization_id, phone_number_id, contact_number) references consents (organization_id, phone_number_id, contact_number)|@fieldName consent',
        },
      },
    },
  },
});

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [smartTags],
  pgServices: [makePgService({ connectionString, schemas: ['public'] })],
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false },
});

if (process.argv.includes('--print')) {
  const { printSchema } = await import('graphql');
  console.log(printSchema(await instance.getSchema()));
  process.exit(0);
}
const server = createServer();
await instance.createServ(grafserv).addTo(server);
await listen(server);
