// What Linux tells of a process or a thread in /proc.
import { readFileSync } from 'node:fs';

/**
 * The fields of proc_pid_stat(5) that follow the name, which may hold anything: state, parent, group,
 * session and so on. @param folder `/proc/<pid>` or `/proc/<pid>/task/<id>`
 * @throws where it is gone
 */
export function statusFields(folder: string): string[] {
  const stat = readFileSync(`${folder}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
