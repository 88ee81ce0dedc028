// `ocelli search WORDS`: a table for people, JSON and plain paths for scripts.
import { resolve } from 'node:path';
import type { Hit, Reason, SearchAnswer } from '../../shared/contract.ts';
import { OcelliError } from '../../shared/errors.ts';
import { exitCodes } from '../exitCodes.ts';
import { formatTable, printable } from '../format.ts';
import type { Settings } from '../settings.ts';
import { askEngine } from '../withEngine.ts';

export interface SearchOptions {
  readonly image?: string;
  readonly limit: number;
  readonly offset: number;
  readonly minScore?: number;
  readonly json?: boolean;
  readonly paths?: boolean;
  readonly null?: boolean;
}

export async function searchCommand(
  settings: Settings,
  words: readonly string[],
  options: SearchOptions,
): Promise<number> {
  const answer = await askEngine(settings, (engine) =>
    engine.call('search', {
      words: words.map(requote).join(' '),
      limit: options.limit,
      offset: options.offset,
      ...(options.image === undefined ? {} : { image: resolve(options.image) }),
      ...(options.minScore === undefined ? {} : { minScore: options.minScore }),
    }),
  );
  print(answer, options);
  return answer.hits.length === 0 ? exitCodes.nothingFound : exitCodes.done;
}

/**
 * `ocelli search "red car" -boat`: the shell took the quotes of a phrase and left its blank. An
 * argument that is the whole query ('sea, sunset^2 -boat') keeps its own grammar.
 */
function requote(word: string, _index: number, all: readonly string[]): string {
  if (word.startsWith('--')) {
    throw new OcelliError('ARGUMENT', `Expected words or a known option but received ${word}.`);
  }
  const isPhrase = all.length > 1 && /\s/.test(word) && !/[",^]|(^|\s)-/.test(word);
  return isPhrase ? `"${word}"` : word;
}

function print(answer: SearchAnswer, options: SearchOptions): void {
  if (options.json) {
    const hits = answer.hits.map((hit) => ({
      path: hit.path,
      score: round(hit.score),
      why: why(hit),
      online: hit.online,
    }));
    console.log(JSON.stringify({ query: answer.query, tookMs: round(answer.tookMs), hits }));
  } else if (options.paths) {
    const end = options.null ? '\0' : '\n';
    process.stdout.write(answer.hits.map((hit) => hit.path + end).join(''));
  } else if (answer.hits.length === 0) {
    console.error('Nothing found. Try other or fewer words; `ocelli status` says what is indexed.');
  } else {
    const rows = answer.hits.map((hit) => [hit.score.toFixed(3), printable(hit.path), why(hit)]);
    console.log(formatTable(rows, [0]));
  }
}

export function why(hit: Hit): string {
  const reasons = hit.reasons.map(reasonText);
  if (!hit.online) reasons.push('its disk is not connected');
  return reasons.join('; ');
}

function reasonText(reason: Reason): string {
  if (reason.kind === 'named') return `${reason.where} name has ‘${reason.words}’`;
  return `looks like ‘${reason.like}’`;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
