// The app's figures as Markdown.
import { aims } from '../aims.ts';
import { against, type Cell, number, percent, table } from '../markdown.ts';
import { type Latency, median } from '../statistics.ts';
import type { AppFigures } from './app.ts';
import type { SearchInWindowFigures, TypingFigures } from './searches.ts';
import type { Held, StartFigures } from './starts.ts';
import {
  type Host,
  type HostRun,
  hosts,
  medianRate,
  type ThroughputFigures,
} from './throughput.ts';

export function appText(figures: AppFigures): string {
  const { photos, months, start, emptyStart, search, throughput } = figures;
  return [
    '## The app',
    'The bundle in a real Electron, on the starter model. Its files are in the cache of the system, as after a start earlier in the day.',
    `### From the start of the process to a window that can be used: ${number(photos)} photos in ${months} months`,
    `Files that are there, looked through and watched from the start on, and a picture for each (copies of a few). Usable: every thumbnail that the window shows is decoded and painted, and a key (Ctrl-K) has been answered by a frame. The empty library, as a control: the welcome is painted, and a key has been answered. Load average before the starts: ${loads(start)} and ${loads(emptyStart)}.`,
    startTable(start, emptyStart),
    '### Search in the window: from a key to the picture',
    `Words typed letter by letter, a key every 100 ms, each query another one. From the last key until the thumbnails of the first row of what was found are decoded and painted, among ${number(photos)} photos. *In between*: keys that led to photos before the next key took over. While photos are indexed: at full speed, ${number(search.runPhotosPerSecond)} photos/s meanwhile.`,
    searchTable(search),
    '### How long the main process was held up',
    'The longest that its event loop did not turn, looked at every 5 ms. *Its own*: counting only what the thread computed in that time, as the system tells (`/proc/self/schedstat`); the rest of it, it waited for a processor, with others on this machine or with the workers of the run.',
    heldTable(figures),
    '### Throughput: the app against the command line',
    `The same ${number(throughput.photos)} photos into a fresh data folder, at full speed, asked for on the command line either way, of an app that has come to rest after its start; the hosts take turns, medians of ${throughput.runs['command line'].length} runs. *Processor time*: of all processes that the run needed, which hardly moves with what else the machine does. *No window*: the app in the tray. *Drawing*: processor time of the page and of the process that puts it on screen, as a share of all cores during the run, software rendering where there is no graphics card; the pipeline keeps all cores busy, so it is what the run lacks.`,
    throughputTable(throughput),
    costTable(throughput),
  ].join('\n\n');
}

function loads({ loads }: StartFigures): string {
  return `${number(Math.min(...loads))} to ${number(Math.max(...loads))}`;
}

function startTable(start: StartFigures, empty: StartFigures): string {
  const step = (name: string, of: (figures: StartFigures) => number): Cell[] => [
    name,
    of(start),
    '',
    of(empty),
  ];
  return table(
    ['ms since the start of the process', `${number(start.usable.count)} starts`, 'aim', 'empty'],
    [
      step('the window begins to load its page', ({ steps }) => steps.pageBegun),
      step("the page's script has run", ({ steps }) => steps.scriptRun),
      step('first paint', ({ steps }) => steps.firstPaint),
      step('photos are known', ({ steps }) => steps.known),
      step('painted', ({ steps }) => steps.painted),
      [
        'usable, median',
        start.usable.p50,
        reached(start.usable.p50, aims.startToUsableMs),
        empty.usable.p50,
      ],
      step('usable, p95', ({ usable }) => usable.p95),
      step('of which a key to its frame', ({ keyMs }) => keyMs),
      step('processor time of all processes until painted', ({ cpuMs }) => cpuMs),
    ],
  );
}

function searchTable({ idle, indexing }: SearchInWindowFigures): string {
  const row = (name: string, typing: TypingFigures, aim: string): Cell[] => [
    name,
    both(typing.firstRow),
    aim,
    both(typing.all),
    typing.between.count > 0 ? both(typing.between) : '–',
    String(typing.queries),
    String(typing.unanswered),
  ];
  const aim = reached(indexing.firstRow.p95, aims.keyToPictureP95Ms);
  return table(
    ['p50 / p95, ms', 'first row', 'aim of p95', 'all that shows', 'in between', 'queries', 'late'],
    [row('nothing else to do', idle, ''), row('while photos are indexed', indexing, aim)],
  );
}

function heldTable({ heldAtStart, search, throughput }: AppFigures): string {
  const row = (name: string, { longest, own }: Held): Cell[] => [
    name,
    longest,
    own,
    reached(own, aims.mainProcessHeldMs),
  ];
  return table(
    ['ms', 'longest', 'its own', 'aim of its own'],
    [
      row('start, and the folders looked through', heldAtStart),
      row('typing, nothing else to do', search.idle.held),
      row('typing while photos are indexed', search.indexing.held),
      row('indexing, library page', worst(throughput.runs['library page'])),
      row('indexing, indexing page', worst(throughput.runs['indexing page'])),
    ],
  );
}

function worst(runs: readonly HostRun[]): Held {
  const most = (of: (held: Held) => number) =>
    Math.max(...runs.map(({ held }) => (held ? of(held) : 0)));
  return { longest: most((held) => held.longest), own: most((held) => held.own) };
}

function throughputTable({ runs }: ThroughputFigures): string {
  const base = medianRate(runs['command line']);
  const rows = hosts.map((host): Cell[] => {
    const ratio = medianRate(runs[host]) / base;
    const aim = host === 'command line' ? '' : against(ratio >= aims.appThroughput, atLeast);
    return [host, withRange(runs[host]), ratio, aim, cpuOf(runs[host]), others(runs[host])];
  });
  return table(
    [
      '',
      'photos/s',
      'to the command line',
      'aim',
      'processor time a photo, ms',
      'other programs, most',
    ],
    rows,
  );
}

const atLeast = `≥ ${aims.appThroughput}`;

function costTable({ runs }: ThroughputFigures): string {
  const base = medianRate(runs['no window']);
  const row = (host: Host): Cell[] => {
    const share = median(runs[host].flatMap(({ drawingShare }) => drawingShare ?? []));
    return [
      host,
      percent(share),
      against(share <= aims.drawingShare, `≤ ${percent(aims.drawingShare)}`),
      percent(1 - medianRate(runs[host]) / base),
    ];
  };
  return table(
    ['what drawing live costs', 'drawing', 'aim', 'throughput lost against no window'],
    [row('library page'), row('indexing page')],
  );
}

function withRange(runs: readonly HostRun[]): string {
  const rates = runs.map(({ photosPerSecond }) => photosPerSecond);
  return `${number(medianRate(runs))} (${number(Math.min(...rates))} to ${number(Math.max(...rates))})`;
}

function cpuOf(runs: readonly HostRun[]): number {
  return median(runs.flatMap(({ cpuMsPerPhoto }) => cpuMsPerPhoto ?? []));
}

function others(runs: readonly HostRun[]): Cell {
  const shares = runs.flatMap(({ takenByOthers }) => takenByOthers ?? []);
  return shares.length === 0 ? undefined : percent(Math.max(...shares));
}

function reached(ms: number, aim: number): string {
  return against(ms <= aim, `≤ ${number(aim)} ms`);
}

function both({ p50, p95 }: Latency): string {
  return `${number(p50)} / ${number(p95)}`;
}
