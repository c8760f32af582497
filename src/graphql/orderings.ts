/** What lists are ordered by. The numbers are part of the cursors that clients hold: never reuse one. */
export const orderings = {
  messageCreatedAt: 1,
  conversationLastMessageAt: 2,
  conversationCreatedAt: 3,
  phoneNumberCreatedAt: 4,
  participantJoinedAt: 5,
} as const;
