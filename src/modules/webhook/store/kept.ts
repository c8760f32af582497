/** Deliveries that have ended are kept so many days. Older messages and reactions are not delivered, so that none is delivered twice. */
export const keptDays = 30;
