// How the use of this machine is told: resources, rates, and what a model may run on.
import {
  otherPrecision,
  type Provider,
  type Resources,
  type TriedProvider,
  type Tuning,
} from '../../../shared/tuning.ts';
import { formatAgo } from './formatAgo.ts';

const names: Readonly<Record<Provider, string>> = {
  cpu: 'Processor',
  cuda: 'NVIDIA graphics card (CUDA)',
  dml: 'Graphics card (DirectML)',
  coreml: 'Apple Core ML',
  webgpu: 'Graphics card (WebGPU)',
};

const places: Readonly<Record<Provider, string>> = {
  cpu: 'on the processor',
  cuda: 'on the NVIDIA graphics card',
  dml: 'on the graphics card',
  coreml: 'with Apple Core ML',
  webgpu: 'on the graphics card',
};

export function providerName(provider: Provider): string {
  return names[provider];
}

/** '2 processes of 1 thread, 8 photos at a time, on the processor'. */
export function resourcesWords(resources: Resources): string {
  const { embedders, threads, batch, provider } = resources;
  const processes =
    provider === 'cpu'
      ? `${many(embedders, 'process', 'processes')} of ${many(threads, 'thread', 'threads')}`
      : many(embedders, 'process', 'processes');
  return `${processes}, ${many(batch, 'photo', 'photos')} at a time, ${places[provider]}`;
}

/** @param now milliseconds since 1970 */
export function tuningWords({ chosen, photosPerSecond, at }: Tuning, now: number): string {
  const rate = rateWords(photosPerSecond);
  const words = `${resourcesWords(chosen)}; about ${rate} small photos a second`;
  return `${words}, measured ${formatAgo(at, now)}.`;
}

/** Below, nobody would have all photos looked at again for it. */
const leastTimes = 1.15;

/** 'In int8 it would be about 1.9 times as fast'; undefined where that is not known, or no faster. */
export function fasterWords(tuning: Tuning): string | undefined {
  const other = otherPrecision(tuning);
  if (!other || other.times < leastTimes) return undefined;
  return `In ${other.precision} it would be about ${other.times.toFixed(1)} times as fast`;
}

/** As many digits as a measurement of seconds is worth. */
export function rateWords(perSecond: number): string {
  return perSecond < 9.95 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en-US');
}

/** @param chosen the one that is used. */
export function triedWords({ provider, usable, reason }: TriedProvider, chosen: Provider): string {
  if (provider === chosen) return 'Used.';
  if (usable) return 'Works, and is slower.';
  return `Not used: ${sentence(reason ?? 'it does not work here')}`;
}

/** Drivers end their words as they like. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function many(count: number, one: string, more: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`;
}
