// Words of a query that begin with a minus. Commander would take '-hat' for the options -h, -a, -t
// and show its help, and '-Volkswagen' for -V: what cannot be an option is marked before it looks.

/** No argument that a system hands over can have this character. */
const mark = '\u0000';

/** Marks such words behind `search`, as far as no `--` says that only words follow. */
export function protectWords(args: readonly string[]): string[] {
  const command = args.indexOf('search');
  const end = args.indexOf('--');
  if (command < 0) return [...args];
  return args.map((arg, i) => {
    const among = i > command && (end < 0 || i < end);
    return among && isUnwantedWord(arg) ? mark + arg : arg;
  });
}

/** The word as it was typed. */
export function plainWord(word: string): string {
  return word.startsWith(mark) ? word.slice(mark.length) : word;
}

/** '-hat', '-"red car"'; not '-h', '--json', '-0' or the number in `--min-score -0.5`. */
function isUnwantedWord(arg: string): boolean {
  return /^-[^-]./u.test(arg) && Number.isNaN(Number(arg));
}
