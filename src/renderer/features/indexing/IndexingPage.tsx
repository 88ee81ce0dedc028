// What indexing does now and has done.
export function IndexingPage() {
  return <h1>Indexing</h1>;
}
