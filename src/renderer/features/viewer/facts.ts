// A photo's facts as people read them. What is not known is left out.

import { formatBytes, formatCount } from '../../../shared/format.ts';
import type { PhotoDetails } from '../../../shared/library.ts';

export interface Fact {
  readonly name: string;
  readonly values: readonly string[];
}

type Maybe = string | undefined;

export function factsOf(photo: PhotoDetails): Fact[] {
  const { width, height, bytes, format, copies, lens, path } = photo;
  const facts: [string, readonly Maybe[]][] = [
    [photo.takenAt ? 'Taken' : 'File changed', formatMoment(photo.date)],
    ['Camera', [cameraOf(photo), lens]],
    ['Exposure', [exposureOf(photo)]],
    ['Size', [width > 0 ? `${formatCount(width)} × ${formatCount(height)} pixels` : undefined]],
    ['File', [[formatName(format), formatBytes(bytes)].filter(Boolean).join(' · ')]],
    ['Place', [placeOf(photo)]],
    ['Path', [path]],
    [copies.length === 1 ? 'The same file is also at' : 'The same file is also at these', copies],
  ];
  return facts
    .map(([name, values]) => ({ name, values: values.flatMap((value) => value || []) }))
    .filter(({ values }) => values.length > 0);
}

/** @param date 'YYYY-MM-DDTHH:MM:SS', by the clock of the camera */
export function formatMoment(date: string): readonly Maybe[] {
  const moment = new Date(date);
  if (Number.isNaN(moment.getTime())) return [];
  return [
    moment.toLocaleDateString('en-GB', { dateStyle: 'full' }),
    moment.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }),
  ];
}

/** Models often begin with their maker's name already. */
export function cameraOf({ cameraMake = '', cameraModel = '' }: PhotoDetails): string {
  const [make, model] = [cameraMake.trim(), cameraModel.trim()];
  const [maker = ''] = make.split(' ');
  if (maker && model.toLowerCase().startsWith(maker.toLowerCase())) return model;
  return `${make} ${model}`.trim();
}

/** '1/250 s · f/2.8 · ISO 100 · 35 mm' */
export function exposureOf(photo: PhotoDetails): string {
  const { exposureSeconds, fNumber, iso, focalLengthMm } = photo;
  const parts = [
    exposureSeconds && formatSeconds(exposureSeconds),
    fNumber && `f/${Number(fNumber.toFixed(1))}`,
    iso && `ISO ${iso}`,
    focalLengthMm && `${Number(focalLengthMm.toFixed(1))} mm`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** As cameras show it: fractions below 0.4 s, which is written 1/3 no more. */
function formatSeconds(seconds: number): string {
  return seconds >= 0.4 ? `${Number(seconds.toFixed(1))} s` : `1/${Math.round(1 / seconds)} s`;
}

/** 'JPEG', 'WebP' */
function formatName(format: string | undefined): string | undefined {
  if (format === 'raw') return 'RAW, shown by the preview in it';
  return format === 'webp' ? 'WebP' : format?.toUpperCase();
}

export function placeOf({ latitude, longitude }: PhotoDetails): string | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  const north = `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? 'S' : 'N'}`;
  const east = `${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? 'W' : 'E'}`;
  return `${north}, ${east}`;
}
