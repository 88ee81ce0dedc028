// Holds the place of what is being built.

export function LibraryPage() {
  return <h1>LibraryPage</h1>;
}
