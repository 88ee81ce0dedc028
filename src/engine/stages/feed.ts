// The catalogue's pending photos, handed to the decoders as these can take them. The catalogue is
// the queue: it outlives the process, and it is as long as the disk is large.
import { setTimeout as sleep } from 'node:timers/promises';
import type { PendingPhoto } from '../catalog/photos.ts';
import type { Channel } from '../pool/channel.ts';
import type { RunContext } from './runContext.ts';

const rowsPerQuery = 256;
/** How soon photos that a scan under way has found are noticed. */
const pollMs = 20;

export async function feedPending(
  context: RunContext,
  rootIds: readonly number[],
  to: Channel<PendingPhoto>,
): Promise<void> {
  const { catalog, inFlight, stats, signal, gate } = context;
  while (!signal.aborted && !to.hasEnded) {
    // Asked before the query: what the scan adds in between is found by the next round.
    const { scanned } = stats;
    const rows = catalog.photos.pending(rootIds, rowsPerQuery + inFlight.size);
    const fresh = rows.filter((row) => !inFlight.has(row.id));
    if (fresh.length === 0 && scanned) break;
    if (fresh.length === 0) await sleep(pollMs);
    for (const photo of fresh) {
      await gate.passed();
      if (signal.aborted) break;
      inFlight.add(photo.id);
      if (!(await to.push(photo))) return;
    }
  }
  to.end();
}
