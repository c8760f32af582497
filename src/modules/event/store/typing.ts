/** The time after which a typing indicator ends, if no other one of the same sender comes before. */
export const typingSeconds = 10;
