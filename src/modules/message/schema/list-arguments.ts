import { badInput } from '../../../errors.ts';
import { type ConnectionArgs, readPage } from '../../../graphql/schema/page-arguments.ts';
import type { MessageFilter } from '../store/filter.ts';
import { checkFilter, messageOrdering } from '../store/listing.ts';

/** The arguments that every list of messages has. */
export interface MessageListArguments extends ConnectionArgs {
  filter?: MessageFilter | null;
  orderBy?: { direction: 'ASC' | 'DESC' } | null;
}

/** Checks a list's arguments as reading it does. `usual`: its direction without `orderBy`. @throws BAD_USER_INPUT */
export function checkMessageList({ filter, orderBy, ...args }: MessageListArguments, usual: 'ASC' | 'DESC'): void {
  if (filter != null) checkFilter(filter);
  readPage(args, messageOrdering((orderBy?.direction ?? usual) === 'DESC'));
}

/** The refusal of an argument that only stored data can decide about: in the payload of a mutation the change would be made by then. */
export function onlyInQueries(argument: string): Error {
  return badInput(argument, 'cannot be used in the payload of a mutation: query it instead');
}
