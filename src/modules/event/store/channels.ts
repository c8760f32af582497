// The channels of notifications. Gateways of two releases may share a database, so the names never change.

/** An organization has new events. The payload is its id. */
export const eventsChannel = 'parley_events';

/** A typing indicator. The payload is JSON: see `TypingNotice`. */
export const typingChannel = 'parley_typing';

/** The retention window of an organization was changed. */
export const retentionChannel = 'parley_retention';

/** Deliveries of webhooks are due. The payload is empty. */
export const webhooksChannel = 'parley_webhooks';
