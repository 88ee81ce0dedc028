// What can be asked of the benchmark on the command line.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Effort, full, quick } from './effort.ts';

export const parts = ['indexing', 'rescan', 'search'] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly effort: Effort;
  readonly only: ReadonlySet<Part>;
  readonly json?: string;
  readonly out?: string;
  readonly help: boolean;
}

export const help = `npm run bench -- [options]

Measures indexing against the reported pipeline and against what the cores could do, a second run
over unchanged files, and search. Markdown goes to standard output, progress to standard error.

  --quick        less of everything, in under five minutes
  --only PART    ${parts.join(', ')}; may be given more than once
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
      out: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only.map(toPart);
  return {
    effort: values.quick ? quick : full,
    only: new Set(only.length > 0 ? only : parts),
    ...(values.json === undefined ? {} : { json: resolve(values.json) }),
    ...(values.out === undefined ? {} : { out: resolve(values.out) }),
    help: values.help,
  };
}

function toPart(name: string): Part {
  const part = parts.find((each) => each === name);
  if (part) return part;
  throw new Error(`Expected one of ${parts.join(', ')} for --only but received ${name}.`);
}
