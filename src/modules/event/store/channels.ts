// The names of notification channels, the same in every gateway on one database.

/** An organization has new events; the payload is its id. */
export const eventsChannel = 'parley_events';

/** Somebody is typing, or stopped; the payload is JSON of a `TypingNotice`. */
export const typingChannel = 'parley_typing';

/** The retention window of an organization was changed. */
export const retentionChannel = 'parley_retention';
