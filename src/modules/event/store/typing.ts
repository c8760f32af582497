/** The time after which an indicator ends, unless another one comes before: that they still type, or that they stopped. */
export const typingSeconds = 10;
