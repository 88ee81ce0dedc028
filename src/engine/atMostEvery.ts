// Tells often-repeated news at a bearable rate: at once, then at most every so many milliseconds,
// and always a last time.

export function atMostEvery(ms: number, tell: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const wait = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      tell();
      wait();
    }, ms);
    timer.unref();
  };
  return () => {
    if (timer) {
      again = true;
      return;
    }
    tell();
    wait();
  };
}
