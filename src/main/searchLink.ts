// `ocelli://search?q=a+dog+on+grass&from=2024`: a search that another program, or another day, asks
// for. It has the parameters that the page keeps in its own address.

/** As many words as a search takes (contract.ts); a longer link is not one of ours. */
const longest = 2000;
const names = ['q', 'similar', 'folder', 'from', 'to', 'camera', 'format'] as const;

export type SearchParameters = Readonly<Partial<Record<(typeof names)[number], string>>>;

/** What the first search link among these asks for; undefined where there is none. */
export function searchLinkIn(args: readonly string[]): SearchParameters | undefined {
  for (const arg of args) {
    const parameters = parametersOf(arg);
    if (parameters !== undefined) return parameters;
  }
  return undefined;
}

function parametersOf(text: string): SearchParameters | undefined {
  if (!/^ocelli:/i.test(text) || !URL.canParse(text)) return undefined;
  const { host, searchParams } = new URL(text);
  if (host !== 'search') return undefined;
  const entries = names.flatMap((name) => {
    const value = searchParams.get(name)?.trim();
    return value ? [[name, value] as const] : [];
  });
  if (entries.length === 0 || entries.some(([, value]) => value.length > longest)) return undefined;
  return Object.fromEntries(entries);
}
