// `ocelli://search?q=a+dog+on+grass`: a search that another program asks for.

/** As many words as a search takes (contract.ts); a longer link is not one of ours. */
const longest = 2000;

/** The words of the first search link among these; undefined where there is none. */
export function searchLinkIn(args: readonly string[]): string | undefined {
  for (const arg of args) {
    const words = wordsOf(arg);
    if (words !== undefined) return words;
  }
  return undefined;
}

function wordsOf(text: string): string | undefined {
  if (!/^ocelli:/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const words = url.searchParams.get('q')?.trim();
  if (url.host !== 'search' || !words || words.length > longest) return undefined;
  return words;
}
