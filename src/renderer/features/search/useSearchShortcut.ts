// The way to the search field from anywhere.
export function useSearchShortcut(): void {}
