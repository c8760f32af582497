/** The name of the reader of events that writes deliveries. It is stored, so it never changes. */
export const webhookReader = 'webhooks';
