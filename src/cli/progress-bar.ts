import { SingleBar } from 'cli-progress';

/** Shows the progress on standard error if it is a terminal. Standard output is for the result. */
export function progressBar() {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {}, clear: () => {} };
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(1_000, 0);
  return {
    update: (done: number) => bar.update(Math.floor(done * 1_000)),
    stop: () => bar.stop(),
    /** Clears the bar's line for a line of text. */
    clear: () => void process.stderr.write('\r\u001b[K'),
  };
}
