// Another user of this machine, for tests of permissions: to root they do not apply.
import { spawnSync } from 'node:child_process';
import { repository } from './photos.ts';

const nobody = { uid: 65_534, gid: 65_534 };

/** What to spawn with so that permissions apply; undefined where there is no such user to be. */
export const underPermissions = findUser();

function findUser(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  // Not every container lets root become somebody else, and not every repository may be read by all.
  const tried = spawnSync(process.execPath, ['--version'], { ...nobody, cwd: repository });
  return tried.status === 0 ? nobody : undefined;
}

export const owner = process.getuid?.() === 0 ? nobody : undefined;
