// Memory over a long run, as a part of the page.
import { aims } from './aims.ts';
import { against, number, percent, table } from './markdown.ts';
import type { MemoryFigures } from './memory.ts';

export function memoryText(figures: MemoryFigures): string {
  const { model, precision, photos, tenthsMb, drift, peakPssMb, peakRssMb, processes } = figures;
  const mb = (bytes: number) => bytes / 1e6;
  return [
    '## Memory over a long run',
    `${number(photos)} photos, ${model} ${precision}. Of all processes, pages that they share counted once, looked at once a second; the median of each tenth of the run. Peak ${number(peakPssMb)} MB; the sum of resident memory ${number(peakRssMb)} MB. Drift after the first two tenths: ${percent(drift)}, ${against(drift <= aims.memoryDrift, `≤ ${percent(aims.memoryDrift)}`)}.`,
    table(['tenth', ...tenthsMb.map((_, i) => String(i + 1))], [['MB', ...tenthsMb]]),
    'Who holds it at the peak, MB. *Own* is what a process has written itself and nobody can drop.',
    table(
      ['process', 'resident', 'shared counted once', 'own'],
      processes.map((each) => [each.name, mb(each.rss), mb(each.pss), mb(each.anonymous)]),
    ),
  ].join('\n\n');
}
