import type { GraphQLSchema } from 'graphql';
import { badInput } from '../../errors.ts';
import { decodeId } from '../../values/ids.ts';

/** Makes `Query.nodes` say which of its ids is none: the plugin decodes them one by one and knows neither their argument nor their place. */
export function nameNodeIds(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields().nodes;
  const resolve = field?.resolve;
  if (field === undefined || resolve === undefined) throw new Error('the schema has no field "nodes"');
  field.resolve = (parent, args, context, info) => {
    const wrong = args.ids.findIndex((id: string) => decodeId(id) === null);
    if (wrong >= 0) throw badInput(`ids[${wrong}]`, 'is no id of this API');
    return resolve(parent, args, context, info);
  };
  return schema;
}
