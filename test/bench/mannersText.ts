// What others lose by a run, as a part of the page.
import { aims } from './aims.ts';
import { type Drawing, nameOf } from './drawing.ts';
import type { Manners } from './manners.ts';
import { against, percent, table } from './markdown.ts';
import { occasionText } from './programs.ts';

export function mannersText(figures: readonly Manners[], drawing: readonly Drawing[]): string {
  const rows = figures.map(({ beside, bystanders, lost, losses, photosPerSecond }) => [
    occasionText(beside),
    bystanders,
    `${percent(lost)} (${losses.map((loss) => percent(loss)).join(', ')})`,
    beside.speed === 'eco'
      ? against(lost <= aims.lostInEco, `≤ ${percent(aims.lostInEco)}`)
      : undefined,
    photosPerSecond,
  ]);
  return [
    '## Manners',
    'Programs of normal priority that compute and nothing else, in sessions of their own, alone and then while photos are indexed with the starter model: how much less they get done. The median of all rounds, which are in brackets.',
    table(['speed', 'other programs', 'they lose', 'aim', 'photos/s beside them'], rows),
    'A program that draws, as a browser does under somebody’s hands: sixty frames a second, 4 ms of work for each. A frame is late when the next one is due before it is done. Desktop hosts tell whether somebody is at the keyboard.',
    table(
      ['beside a run at', 'late frames', 'from due to done, p95 ms'],
      drawing.map(({ beside, late, lates, p95Ms }) => [
        nameOf(beside),
        `${percent(late)} (${lates.map((each) => percent(each)).join(', ')})`,
        p95Ms,
      ]),
    ),
  ].join('\n\n');
}
