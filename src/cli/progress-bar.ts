import { SingleBar } from 'cli-progress';

/** Shows the progress on standard error if it is a terminal. Standard output is for the result. */
export function progressBar() {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {}, clear: () => {}, pause: (work: () => Promise<void>) => work() };
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  let shown = 0;
  bar.start(1_000, shown);
  return {
    update: (done: number) => {
      shown = Math.floor(done * 1_000);
      bar.update(shown);
    },
    stop: () => bar.stop(),
    /** Clears the bar's line for a line of text. */
    clear: () => void process.stderr.write('\r\u001b[K'),
    /** Hides the bar while a question is asked. */
    pause: async (work: () => Promise<void>) => {
      bar.stop();
      await work();
      bar.start(1_000, shown);
    },
  };
}
