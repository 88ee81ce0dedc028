// Where a search can be found again.

/** @param address of the page; undefined where the app has none that other programs could open */
export function searchLink(
  parameters: Readonly<Record<string, string>>,
  address: string | undefined,
): string {
  const query = new URLSearchParams(parameters).toString();
  if (address === undefined) return `ocelli://search?${query}`;
  const page = new URL(address);
  page.hash = `/search?${query}`;
  return page.href;
}
