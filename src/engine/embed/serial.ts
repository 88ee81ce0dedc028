// Runs what it is given one after another. A tower's batch tensor is shared by its calls, so that
// the second must not fill it while the first is being computed from.

export type Serial = <T>(task: () => Promise<T>) => Promise<T>;

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
