// The results as a Markdown page.
import { aims } from './aims.ts';
import { appText } from './app/appText.ts';
import { indexingText } from './indexing/indexingText.ts';
import type { Machine } from './machine.ts';
import { mannersText } from './mannersText.ts';
import { against, number, table } from './markdown.ts';
import { memoryText } from './memoryText.ts';
import type { RescanFigures } from './rescan.ts';
import type { Results } from './results.ts';
import { scaleText } from './scaleText.ts';
import { scrollingText } from './scrollingText.ts';
import { searchText } from './searchText.ts';
import { sweepText } from './sweepText.ts';

export function resultsText(results: Results): string {
  const {
    machine,
    indexing,
    rescan,
    search,
    app,
    scrolling,
    memory,
    manners,
    drawing = [],
    sweep,
    scale,
    notes,
  } = results;
  const parts = [`# Benchmark, ${machine.date}, ${machine.cpu}`, machineText(machine)];
  parts.push(
    `A ${results.effort} run of \`npm run bench\`. Ratios are between figures of this run; absolute figures move between machines, and with what else a machine does.`,
  );
  if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join('\n'));
  if (indexing) parts.push(indexingText(indexing, machine.cores));
  if (rescan) parts.push(rescanText(rescan));
  if (search) parts.push(searchText(search));
  if (app) parts.push(appText(app));
  if (scrolling) parts.push(scrollingText(scrolling));
  if (memory) parts.push(memoryText(memory));
  if (manners) parts.push(mannersText(manners, drawing));
  if (sweep) parts.push(sweepText(sweep));
  if (scale) parts.push(scaleText(scale));
  return `${parts.join('\n\n')}\n`;
}

function machineText(machine: Machine): string {
  return table(
    ['machine', ''],
    [
      ['processor', machine.cpu],
      ['cores', String(machine.cores)],
      ['memory', `${machine.memoryGb} GB`],
      ['system', machine.system],
      ['Node', machine.node],
      ['ONNX Runtime', machine.onnxRuntime],
      ['sharp', machine.sharp],
      ['VNNI', machine.vnni],
      ['load before the run', number(machine.loadBefore)],
    ],
  );
}

function rescanText(figures: readonly RescanFigures[]): string {
  const aim = aims.rescanFilesPerSecond;
  const rows = figures.map(({ files, medianMs, filesPerSecond, peakRssMb }) => [
    number(files),
    medianMs,
    filesPerSecond,
    against(filesPerSecond >= aim, `≥ ${number(aim)}/s`),
    peakRssMb,
  ]);
  return [
    '## A second run over unchanged files',
    `Small files in nested folders, indexed before as far as the catalogue tells: its rows were written through its own code, with vectors that are made up, so that nothing had to be embedded. The folders are in the system's cache. Median of ${figures[0]?.runs ?? 0} runs, from the call to its report.`,
    table(['files', 'ms', 'files/s', 'aim', 'peak memory, MB'], rows),
  ].join('\n\n');
}
