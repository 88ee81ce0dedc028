// Something that is so for two seconds after it was said: a button that tells what it has done.
import { useEffect, useState } from 'react';

const momentMs = 2000;

export function useForAMoment(): [isSo: boolean, say: (isSo: boolean) => void] {
  const [isSo, say] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => say(false), momentMs);
    return () => clearTimeout(timer);
  }, [isSo]);
  return [isSo, say];
}
