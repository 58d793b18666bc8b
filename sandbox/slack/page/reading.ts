/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'react';

const opened = new Set<string>();

/**
 * As in Slack: a channel opens where a person has not read on, which is at its first message the first time, and a thread
 * at its end. Who is at the end stays there; who is not is told how many came since.
 */
export function useReading(count: number, key: string, first: 'start' | 'end') {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(false);
  const [seen, setSeen] = useState(0);
  const end = (): void => {
    const element = list.current;
    isAtEnd.current = true;
    setSeen(count);
    if (element) element.scrollTop = element.scrollHeight;
  };
  const look = (): void => {
    const element = list.current;
    if (!element) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
    if (isAtEnd.current) setSeen(count);
  };
  useEffect(() => {
    if (first === 'end' || opened.has(key)) end();
    else {
      isAtEnd.current = false;
      if (list.current) list.current.scrollTop = 0;
      setSeen(count);
    }
    opened.add(key);
  }, [key]);
  useEffect(() => {
    const element = list.current;
    if (isAtEnd.current) end();
    else if (element && element.scrollHeight <= element.clientHeight) setSeen(count);
  }, [count]);
  return { list, look, end, behind: Math.max(0, count - seen) };
}
