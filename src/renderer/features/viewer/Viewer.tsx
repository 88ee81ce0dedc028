// Holds the place of what is being built.

export function Viewer() {
  return <h1>Viewer</h1>;
}
