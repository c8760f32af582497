import { badInput } from '../../../errors.ts';
import { type ConnectionArgs, readPage } from '../../../graphql/schema/page-arguments.ts';
import type { MessageFilter } from '../store/filter.ts';
import { checkFilter, messageOrdering } from '../store/listing.ts';

/** The arguments of every list of messages. */
export interface MessageListArguments extends ConnectionArgs {
  filter?: MessageFilter | null;
  orderBy?: { direction: 'ASC' | 'DESC' } | null;
}

/** Checks a list's arguments without reading the list. `usual`: its direction without `orderBy`. @throws BAD_USER_INPUT */
export function checkMessageList({ filter, orderBy, ...args }: MessageListArguments, usual: 'ASC' | 'DESC'): void {
  if (filter != null) checkFilter(filter);
  readPage(args, messageOrdering((orderBy?.direction ?? usual) === 'DESC'));
}

/** Returns the refusal of an argument that cannot be checked before a mutation writes, because only stored data can tell whether it is valid. */
export function onlyInQueries(argument: string): Error {
  return badInput(argument, 'cannot be used in the payload of a mutation: query it instead');
}
