// What people want left out, by patterns as in a .gitignore: `Screenshots/`, `*.png`, `/Exports`.
import { relative, sep } from 'node:path';
import ignore from 'ignore';

/** Whether a path inside a root is left out. Folders and files; absolute paths. */
export type IsExcluded = (path: string, root: string) => boolean;

export function createExclusions(patterns: readonly string[]): IsExcluded {
  if (patterns.length === 0) return () => false;
  const rules = ignore({ ignorecase: true }).add([...patterns]);
  return (path, root) => {
    const inside = relative(root, path).split(sep).join('/');
    // The root itself, and what lies outside, is nobody's to leave out.
    if (inside === '' || inside.startsWith('..')) return false;
    // With and without the slash that tells folders: a pattern such as `Screenshots/` needs it.
    return rules.ignores(inside) || rules.ignores(`${inside}/`);
  };
}
