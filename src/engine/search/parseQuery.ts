// What a person types → what is meant. Grammar:
//   red car              words that belong together
//   "red car"            a phrase: in names it must stand like this
//   -dog  -"red car"     not this
//   sea, sunset^2        several parts, with weights (1 where none is said)

export interface QueryPart {
  readonly text: string;
  readonly weight: number;
}

export interface ParsedQuery {
  /** What photos should look like; empty where only things to leave out were said. */
  readonly wanted: readonly QueryPart[];
  readonly unwanted: readonly string[];
  /** What names must have to match: phrases as they are, words one by one, small words left out. */
  readonly nameTerms: readonly string[];
}

const token = /(-?)"([^"]*)"(?:\^(\d+(?:\.\d+)?))?|([^\s,"]+)|(,)/gu;

/** Too common to say anything about a file's name. */
const smallWords = new Set(
  'a an and are at by for from i in is it my of on or our some the to with'.split(' '),
);

const maxWeight = 100;

export function parseQuery(text: string): ParsedQuery {
  const wanted: QueryPart[] = [];
  const unwanted: string[] = [];
  const nameTerms: string[] = [];
  let words: string[] = [];
  let weight = 1;

  const endPart = () => {
    if (words.length > 0) wanted.push({ text: words.join(' '), weight });
    words = [];
    weight = 1;
  };

  for (const [, minus, phrase, phraseWeight, word, comma] of text.matchAll(token)) {
    if (comma) {
      endPart();
    } else if (phrase !== undefined) {
      const trimmed = phrase.trim();
      if (trimmed === '') continue;
      if (minus) unwanted.push(trimmed);
      else {
        wanted.push({ text: trimmed, weight: toWeight(phraseWeight) });
        nameTerms.push(trimmed);
      }
    } else if (word !== undefined) {
      const unwantedWord = /^-([\p{L}\p{N}].*)$/u.exec(word)?.[1];
      if (unwantedWord !== undefined) {
        unwanted.push(unwantedWord);
        continue;
      }
      const [, bare = word, wordWeight] = /^(.*?)\^(\d+(?:\.\d+)?)$/u.exec(word) ?? [];
      if (wordWeight !== undefined) weight = toWeight(wordWeight);
      if (!/[\p{L}\p{N}\p{S}]/u.test(bare)) continue;
      words.push(bare);
      if (!smallWords.has(bare.toLowerCase())) nameTerms.push(bare);
    }
  }
  endPart();
  return { wanted, unwanted, nameTerms };
}

function toWeight(text: string | undefined): number {
  return text === undefined ? 1 : Math.min(Number(text), maxWeight);
}
