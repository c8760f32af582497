// What notifications are called, in every database that gateways share.

/** An organization has new events; the payload is its id. */
export const eventsChannel = 'parley_events';

/** Somebody is typing; the payload is JSON: `organizationId`, `conversationId`, `at`. */
export const typingChannel = 'parley_typing';
