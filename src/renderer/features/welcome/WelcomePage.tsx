// Holds the place of what is being built.

export function WelcomePage() {
  return <h1>WelcomePage</h1>;
}
