// `ocelli tune`: measures how this machine is fastest for the model in use, keeps it, and shows all
// that was tried.
import { formatDuration } from '../../shared/format.ts';
import {
  areShared,
  isAsChosen,
  isChosen,
  otherPrecision,
  type Resources,
  type Tuning,
  type TuningState,
} from '../../shared/tuning.ts';
import { exitCodes } from '../exitCodes.ts';
import { formatTable, printable } from '../format.ts';
import type { Settings } from '../settings.ts';
import { askEngine } from '../withEngine.ts';

export async function tuneCommand(
  settings: Settings,
  options: { readonly json?: boolean },
): Promise<number> {
  const state = await askEngine(settings, (engine) => measure(engine));
  console.log(options.json ? JSON.stringify(state) : tuningText(state));
  return exitCodes.done;
}

type Engine = Parameters<Parameters<typeof askEngine>[1]>[0];

/** Ctrl-C ends it in order. */
async function measure(engine: Engine): Promise<TuningState> {
  const stop = () => void engine.call('cancel', {}).catch(() => {});
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await engine.call('tune', {});
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function tuningText(state: TuningState): string {
  const { modelName, precision, cores, inUse, measured } = state;
  const head = `${printable(modelName)} (${precision}) on ${cores} ${cores === 1 ? 'core' : 'cores'}`;
  if (!measured) return head;
  return [
    `${head}, measured in ${formatDuration(measured.tookMs)}:`,
    '',
    candidatesText(measured),
    '',
    providersText(measured),
    '',
    `Chosen: ${resourcesText(measured.chosen)}; about ${rate(measured.photosPerSecond)} small photos/s.`,
    ...differenceText(inUse, measured.chosen),
    ...otherText(state.model, measured),
  ].join('\n');
}

function candidatesText({ candidates, chosen, decodesPerSecond }: Tuning): string {
  const rows = candidates.map((each) => [
    isChosen(each, chosen) ? '*' : '',
    each.provider,
    each.precision,
    `${each.embedders} × ${each.threads}`,
    String(each.batch),
    rate(each.embedsPerSecond),
    rate(each.photosPerSecond),
  ]);
  const header = ['', 'runs on', 'weights', 'processes × threads', 'batch', 'embeds/s', 'photos/s'];
  const decoding =
    decodesPerSecond === undefined
      ? 'Decoding could not be measured.'
      : `photos/s is with decoding, of which all cores alone manage ${rate(decodesPerSecond)}/s.`;
  return `${formatTable([header, ...rows], [3, 4, 5, 6])}\n${decoding}`;
}

function providersText({ providers }: Tuning): string {
  return formatTable(
    providers.map(({ provider, usable, reason }) => [
      provider,
      usable ? 'works' : `not used: ${printable(reason ?? '')}`,
    ]),
  );
}

function resourcesText(resources: Resources): string {
  const { provider, embedders, threads, batch, decoders } = resources;
  const decoding = areShared(resources)
    ? 'decoding in the same processes'
    : `${decoders} ${decoders === 1 ? 'decoder' : 'decoders'}`;
  return (
    `${provider}, ${embedders} × ${threads} ${threads === 1 ? 'thread' : 'threads'}, ` +
    `batches of ${batch}, ${decoding}`
  );
}

function differenceText(inUse: Resources, chosen: Resources): string[] {
  if (isAsChosen(inUse, chosen)) return [];
  return [`In use now, by what is set: ${resourcesText(inUse)}.`];
}

function otherText(model: string, measured: Tuning): string[] {
  const other = otherPrecision(measured);
  if (!other) return [];
  const { precision, times } = other;
  return [
    `In ${precision}: ${times.toFixed(1)} times as fast. To change to it: ocelli models use ${printable(model)} --precision ${precision}`,
  ];
}

function rate(perSecond: number): string {
  return perSecond.toFixed(1);
}
