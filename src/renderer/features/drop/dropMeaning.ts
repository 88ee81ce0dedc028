// What it means to drop something on the window: one picture is a query, folders are added to the
// library, and of several photos the folder that they lie in.

export type DropMeaning = 'picture' | 'folders' | 'foldersOfFiles' | 'nothing';

/** What is known of an item while it is still being dragged. */
export interface DraggedItem {
  readonly kind: string;
  /** A MIME type; empty for folders, and for files that the system has no name for. */
  readonly type: string;
}

interface Place {
  /** Whether the host says where files lie; a browser does not. */
  readonly tellsPaths: boolean;
  /** Whether there is a library to look in. */
  readonly canSearch: boolean;
}

export function dropMeaning(
  items: Iterable<DraggedItem>,
  { tellsPaths, canSearch }: Place,
): DropMeaning {
  const files = [...items].filter(({ kind }) => kind === 'file');
  const pictures = files.filter(({ type }) => type.startsWith('image/'));
  if (tellsPaths && files.some(({ type }) => type === '')) return 'folders';
  if (pictures.length === 0) return 'nothing';
  if (tellsPaths && (pictures.length > 1 || !canSearch)) return 'foldersOfFiles';
  return canSearch ? 'picture' : 'nothing';
}

export const invitations: Readonly<Record<Exclude<DropMeaning, 'nothing'>, string>> = {
  picture: 'Drop the picture to find what looks like it',
  folders: 'Drop folders to add them to the library',
  foldersOfFiles: 'Drop the photos to add the folder that they lie in',
};

/** '/home/you' for '/home/you/a.jpg'. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const folder = path.slice(0, Math.max(0, end));
  // The topmost folders keep their separator: '/' and 'C:\'.
  return folder === '' || /^[A-Za-z]:$/.test(folder) ? path.slice(0, end + 1) : folder;
}
