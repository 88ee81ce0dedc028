// What stands in the field and what is searched for: the second follows the first when the keys rest
// for a moment (typingPace.ts), and the first follows the second when the address changes by other hands.
import { useEffect, useRef, useState } from 'react';

interface TypedWords {
  readonly text: string;
  type(text: string): void;
  /** Searches without waiting. */
  send(text: string): void;
}

interface WordsOptions {
  onWords(words: string): void;
  /** How long keys must rest before they are searched for, in milliseconds. */
  rest(): number;
}

export function useTypedWords(words: string, options: WordsOptions): TypedWords {
  const [text, setText] = useState(words);
  const sent = useRef(words);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (words === sent.current) return;
    sent.current = words;
    clearTimeout(timer.current);
    setText(words);
  }, [words]);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The wait may end after the page was drawn anew, with another filter: the latest callback counts.
  const latest = useRef(options);
  latest.current = options;

  function send(next: string): void {
    clearTimeout(timer.current);
    setText(next);
    if (next === sent.current) return;
    // The address leaves out blanks.
    sent.current = next.trim() === '' ? '' : next;
    latest.current.onWords(next);
  }

  return {
    text,
    send,
    type(next) {
      setText(next);
      clearTimeout(timer.current);
      const wait = latest.current.rest();
      if (wait === 0) send(next);
      else timer.current = setTimeout(() => send(next), wait);
    },
  };
}
