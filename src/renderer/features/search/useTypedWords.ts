// What stands in the field and what is searched for: the second follows the first when the answer
// before it has come, or when the keys rest for a moment (typingPace.ts); and the first follows the
// second when the address changes by other hands.
import { useCallback, useEffect, useRef, useState } from 'react';

interface TypedWords {
  readonly text: string;
  type(text: string): void;
  /** Searches without waiting. */
  send(text: string): void;
}

interface WordsOptions {
  onWords(words: string): void;
  /** Whether an answer is being waited for. */
  readonly busy: boolean;
  /** How long keys must rest before they are searched for, in milliseconds. */
  rest(): number;
}

export function useTypedWords(words: string, options: WordsOptions): TypedWords {
  const [text, setText] = useState(words);
  const sent = useRef(words);
  /** What was typed while an answer was on its way, until it is sent. */
  const gathered = useRef<{ words: string; timer: ReturnType<typeof setTimeout> }>(undefined);
  const forget = useCallback(() => {
    clearTimeout(gathered.current?.timer);
    gathered.current = undefined;
  }, []);

  useEffect(() => {
    if (words === sent.current) return;
    sent.current = words;
    forget();
    setText(words);
  }, [words, forget]);
  useEffect(() => forget, [forget]);

  // The wait may end after the page was drawn anew, with another filter: the latest callback counts.
  const latest = useRef(options);
  latest.current = options;

  const { busy } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an answer that comes sends
  useEffect(() => {
    if (!busy && gathered.current) send(gathered.current.words);
  }, [busy]);

  function send(next: string): void {
    forget();
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
      forget();
      const wait = latest.current.rest();
      if (wait === 0) send(next);
      else gathered.current = { words: next, timer: setTimeout(() => send(next), wait) };
    },
  };
}
