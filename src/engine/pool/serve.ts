// The worker's side of the pool: takes jobs from the parent, answers each with a result or an error
// that has a code, and ends with the parent.
import nodeModule from 'node:module';
import { toPlainError } from '../../shared/errors.ts';
import { keepTo } from './cores.ts';
import { ownMemory } from './ownMemory.ts';
import { parentLink } from './parentLink.ts';

export interface WorkerBody<Options, Job, Result> {
  /** Called once, before the first job. */
  setUp(options: Options): Promise<(job: Job) => Promise<Result>>;
  /** Told of a job that has come while others are before it. */
  foresee?(job: Job): void;
}

/** Workers are ended from outside, which leaves them no time for it. Node 20 keeps nothing. */
function keepCompiled(): void {
  if ('flushCompileCache' in nodeModule) nodeModule.flushCompileCache();
}

const usageMs = 1000;

/** Runs the calling process as a worker. Jobs are handled one at a time, in order. */
export function serve<Options, Job, Result>(body: WorkerBody<Options, Job, Result>): void {
  const parent = parentLink();
  let handle: Promise<(job: Job) => Promise<Result>> | undefined;
  let last: Promise<void> = Promise.resolve();
  let inHand = 0;

  let lastUsage = 0;
  const tellUsage = () => {
    const now = performance.now();
    if (now - lastUsage < usageMs) return;
    lastUsage = now;
    const { user, system } = process.cpuUsage();
    parent.send({
      type: 'usage',
      rssBytes: process.memoryUsage.rss(),
      ownBytes: ownMemory(),
      cpuMs: (user + system) / 1000,
    });
  };

  const run = async (id: number, job: Job) => {
    try {
      const handler = await handle;
      if (!handler) throw new Error('a job came before the set-up');
      parent.send({ type: 'done', id, result: await handler(job) });
    } catch (error) {
      parent.send({ type: 'failed', id, error: toPlainError(error) });
    }
    inHand -= 1;
    tellUsage();
  };

  parent.onMessage((message) => {
    if (message.type === 'setUp') {
      handle = body.setUp(message.options as Options);
      handle.then(
        () => {
          parent.send({ type: 'ready' });
          keepCompiled();
        },
        (error: unknown) => parent.send({ type: 'refused', error: toPlainError(error) }),
      );
    } else if (message.type === 'keepTo') {
      keepTo(message.cores);
    } else {
      const job = message.job as Job;
      if (inHand > 0) body.foresee?.(job);
      inHand += 1;
      last = last.then(() => run(message.id, job));
    }
  });
  // Ctrl-C in a terminal reaches the whole group; the parent decides when workers end.
  process.on('SIGINT', () => {});
}
