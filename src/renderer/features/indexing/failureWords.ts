// Failures in the words of a window. The engine's ways out also serve the command line, and speak of
// its commands; here there is a button.
import type { Failure } from '../../../shared/contract.ts';

const stages: Readonly<Record<Failure['stage'], string>> = {
  scan: 'Looking',
  decode: 'Decoding',
  embed: 'Embedding',
  store: 'Storing',
};

export function stageWord({ stage, code }: Failure): string {
  return code === 'IGNORED' ? 'Ignored' : stages[stage];
}

/** Without the path, which stands beside it. */
export function reasonWords({ message, path }: Failure): string {
  const end = `: ${path}`;
  return message.endsWith(end) ? message.slice(0, -end.length) : message;
}

export function wayOutWords({ wayOut, code }: Failure): string {
  if (code === 'IGNORED') return 'You chose to leave it out. Try it again to take it back.';
  return wayOut
    .replace(/^Run `ocelli errors --retry`/, 'Try it again')
    .replace(/([.,;] )Run `ocelli errors --retry`/g, '$1Try it again')
    .replace(/run `ocelli errors --retry`/g, 'try it again');
}
