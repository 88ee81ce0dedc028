// What can be asked of the benchmark on the command line.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Effort, full, quick } from './effort.ts';

export const parts = [
  'indexing',
  'rescan',
  'search',
  'app',
  'scrolling',
  'memory',
  'manners',
  'sweep',
  'scale',
] as const;
export type Part = (typeof parts)[number];
/** What a quick run measures unless it is told otherwise: under five minutes. */
const quickParts: readonly Part[] = ['indexing', 'rescan'];
/** What a full run measures: all but what takes half as long as the rest together, or longer. */
const fullParts: readonly Part[] = parts.filter((part) => part !== 'scale' && part !== 'sweep');

export interface Options {
  readonly effort: Effort;
  readonly only: ReadonlySet<Part>;
  /** Seconds to wait, before each indexing run or start of the app, for a quiet machine. */
  readonly patience: number;
  readonly json?: string;
  readonly out?: string;
  readonly help: boolean;
}

export const help = `npm run bench -- [options]

Measures indexing against the reported pipeline and against what the cores could do, a second run
over unchanged files, search, the app in its window, scrolling in a browser, memory over a long run,
and what other programs lose by one. Two parts are measured only where they are asked for: 'sweep',
every way to run the models and which of them tuning picks, and 'scale', libraries of up to a million
photos, with 12 GB of disk and 8 GB of memory; each for up to twenty-five minutes. Markdown goes to standard
output, progress to standard error.

  --quick        indexing and a second run in under five minutes; of other parts, less
  --only PART    ${parts.join(', ')}; may be given more than once
  --patience S   before each run or start wait up to so many seconds for a quiet machine
  --out FILE     the Markdown into a file as well
  --json FILE    the figures for programs
  --help         this
`;

/** @throws Error with a sentence for people */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      patience: { type: 'string', default: '0' },
      out: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only.map(toPart);
  return {
    effort: values.quick ? quick : full,
    only: new Set(only.length > 0 ? only : values.quick ? quickParts : fullParts),
    patience: toSeconds(values.patience),
    ...(values.json === undefined ? {} : { json: resolve(values.json) }),
    ...(values.out === undefined ? {} : { out: resolve(values.out) }),
    help: values.help,
  };
}

function toSeconds(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new Error(`Expected seconds for --patience but received ${text}.`);
}

function toPart(name: string): Part {
  const part = parts.find((each) => each === name);
  if (part) return part;
  throw new Error(`Expected one of ${parts.join(', ')} for --only but received ${name}.`);
}
