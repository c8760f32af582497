// What notifications are called, in every database that gateways share.

/** An organization has new events; the payload is its id. */
export const eventsChannel = 'parley_events';

/** Somebody is typing, or stopped; the payload is JSON: see `TypingNotice`. */
export const typingChannel = 'parley_typing';

/** The retention window of an organization was changed. */
export const retentionChannel = 'parley_retention';
