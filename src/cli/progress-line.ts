/** The least time between two states of the line. */
const pauseMs = 200;

/** Shows one changing line on standard error if it is a terminal, for work of unknown length. */
export function progressLine() {
  const { isTTY } = process.stderr;
  let shownAt = 0;
  const clear = () => {
    if (isTTY) process.stderr.write('\r\u001b[K');
  };
  return {
    update: (text: string) => {
      if (!isTTY || performance.now() - shownAt < pauseMs) return;
      shownAt = performance.now();
      clear();
      process.stderr.write(text);
    },
    /** Clears the line for lines of text. */
    above: (print: () => void) => {
      clear();
      print();
    },
    stop: clear,
  };
}
