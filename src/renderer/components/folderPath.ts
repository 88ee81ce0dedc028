// Paths of folders as people paste them.

/** Without the quotes that file managers put around paths. */
export function unquoted(path: string): string {
  return path.trim().replace(/^(["'])(.*)\1$/, '$2');
}

/** '/home/you', 'C:\\Users\\you' or a network share. */
export function isAbsolutePath(path: string): boolean {
  return /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
}
