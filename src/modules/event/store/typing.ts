/** The seconds after which a typing indicator ends, unless another one replaces it. */
export const typingSeconds = 10;
