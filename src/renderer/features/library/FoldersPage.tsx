// Holds the place of what is being built.

export function FoldersPage() {
  return <h1>FoldersPage</h1>;
}
