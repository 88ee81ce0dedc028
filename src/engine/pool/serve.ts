// The worker's side of the pool: takes jobs from the parent, answers each with a result or an error
// that has a code, and ends with the parent.
import { toPlainError } from '../../shared/errors.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export interface WorkerBody<Options, Job, Result> {
  /** Called once, before the first job. */
  setUp(options: Options): Promise<(job: Job) => Promise<Result>>;
}

/** Runs the calling process as a worker. Jobs are handled one at a time, in order. */
export function serve<Options, Job, Result>(body: WorkerBody<Options, Job, Result>): void {
  // A reply that nobody is there to take is no error: the channel's end follows at once.
  const reply = (message: FromWorker) =>
    process.send?.(message, undefined, undefined, () => undefined);
  let handle: Promise<(job: Job) => Promise<Result>> | undefined;
  let last: Promise<void> = Promise.resolve();

  const run = async (id: number, job: Job) => {
    try {
      const handler = await handle;
      if (!handler) throw new Error('a job came before the set-up');
      reply({ type: 'done', id, result: await handler(job) });
    } catch (error) {
      reply({ type: 'failed', id, error: toPlainError(error) });
    }
  };

  process.on('message', (message: ToWorker) => {
    if (message.type === 'setUp') {
      handle = body.setUp(message.options as Options);
      handle.then(
        () => reply({ type: 'ready' }),
        (error: unknown) => reply({ type: 'refused', error: toPlainError(error) }),
      );
    } else {
      last = last.then(() => run(message.id, message.job as Job));
    }
  });
  // A parent that was killed closes the channel: whoever is left must not linger.
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C in a terminal reaches the whole group; the parent decides when workers end.
  process.on('SIGINT', () => {});
}
