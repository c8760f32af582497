import { useCallback, useEffect, useRef, useState } from 'react';

const restMs = 500;

/** Returns a number that grows after news, at most twice a second, and a function that notifies it of news. */
export function useNews(): [number, () => void] {
  const [count, setCount] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const notify = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setCount((before) => before + 1);
    }, restMs);
  }, []);
  return [count, notify];
}
