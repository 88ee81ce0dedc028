// How this process stands to its neighbours: to who reads its output, and to who started it.
import { systemCode } from '../shared/errors.ts';

/** `ocelli errors | head` closes the pipe early: what nobody reads any more is no error. */
export function survivePipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (systemCode(error) !== 'EPIPE') throw error;
    });
  }
}

/**
 * bin/ocelli.mjs holds a channel to this process. When the channel closes, it was killed, and what
 * it was killed for must not go on behind its back. The workers follow in the same way.
 */
export function followLauncher(): void {
  if (!process.channel) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}
