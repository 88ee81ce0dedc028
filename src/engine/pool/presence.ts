// Whether a process is still there, whatever its host tells of it.
import { systemCode } from '../../shared/errors.ts';
import { statusFields } from './processStatus.ts';

/** One that has ended and waits for its parent to notice is gone. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform === 'linux' && statusFields(`/proc/${pid}`)[0] === 'Z';
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return systemCode(error) !== 'EPERM';
  }
}
