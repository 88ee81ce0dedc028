// `ocelli status`: what is known, and what is going on.
import type { Status } from '../../shared/contract.ts';
import { formatCount } from '../../shared/format.ts';
import { exitCodes } from '../exitCodes.ts';
import { formatTable, printable } from '../format.ts';
import { progressText } from '../progressLine.ts';
import type { Settings } from '../settings.ts';
import { askEngine } from '../withEngine.ts';

export async function statusCommand(
  settings: Settings,
  options: { readonly json?: boolean },
): Promise<number> {
  const status = await askEngine(settings, (engine) => engine.call('status', {}));
  console.log(options.json ? JSON.stringify(status) : statusText(status));
  return exitCodes.done;
}

function statusText(status: Status): string {
  if (status.roots.length === 0) {
    return 'No folders yet. Begin with: ocelli index FOLDER';
  }
  const rows = status.roots.map((root) => [
    formatCount(root.photos),
    root.state,
    root.lastScanAt === undefined ? 'not yet' : new Date(root.lastScanAt).toLocaleString(),
    printable(root.path),
  ]);
  const { eligible, indexed, failed, skipped, pending } = status;
  const lines = [
    formatTable([['photos', 'disk', 'last looked at', 'folder'], ...rows], [0]),
    '',
    `${formatCount(eligible)} photos = ${formatCount(indexed)} indexed + ${formatCount(failed)} failed` +
      ` + ${formatCount(skipped)} skipped${pending > 0 ? ` + ${formatCount(pending)} still to do` : ''}`,
    `Model: ${status.model}. Data: ${printable(status.dataFolder)}`,
  ];
  if (status.running) lines.push(`Indexing now: ${progressText(status.running)}`);
  else if (pending > 0) lines.push('`ocelli index` goes on with what is still to do.');
  if (failed > 0) lines.push('`ocelli errors` says what failed and why.');
  return lines.join('\n');
}
