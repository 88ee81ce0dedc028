// A photo's facts as people read them. What is not known is left out.
import type { PhotoDetails } from '../../../shared/library.ts';
import { formatBytes, formatCount } from '../../components/format.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export function factsOf(photo: PhotoDetails): Fact[] {
  const facts: [string, string | undefined][] = [
    [photo.takenAt ? 'Taken' : 'Changed', formatMoment(photo.date)],
    ['Camera', cameraOf(photo)],
    ['Lens', photo.lens],
    ['Exposure', exposureOf(photo)],
    ['Size', sizeOf(photo)],
    ['Place', placeOf(photo)],
    ['Path', photo.path],
    ['The same picture is also at', photo.copies.join('\n')],
  ];
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
}

/** @param date 'YYYY-MM-DDTHH:MM:SS', the clock of the camera. */
function formatMoment(date: string): string {
  return new Date(date).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short' });
}

/** Models often begin with their maker's name already. */
function cameraOf({ cameraMake = '', cameraModel = '' }: PhotoDetails): string {
  const [maker = ''] = cameraMake.split(' ');
  if (cameraModel.toLowerCase().startsWith(maker.toLowerCase())) return cameraModel;
  return `${cameraMake} ${cameraModel}`.trim();
}

export function exposureOf(photo: PhotoDetails): string {
  const { exposureSeconds, fNumber, iso, focalLengthMm } = photo;
  const parts = [
    exposureSeconds && formatExposure(exposureSeconds),
    fNumber && `f/${Number(fNumber.toFixed(1))}`,
    iso && `ISO ${iso}`,
    focalLengthMm && `${Number(focalLengthMm.toFixed(1))} mm`,
  ];
  return parts.filter(Boolean).join(' · ');
}

function formatExposure(seconds: number): string {
  return seconds >= 0.4 ? `${Number(seconds.toFixed(1))} s` : `1/${Math.round(1 / seconds)} s`;
}

function sizeOf({ width, height, bytes, format }: PhotoDetails): string {
  const pixels = width > 0 ? `${formatCount(width)} × ${formatCount(height)}` : undefined;
  return [pixels, formatBytes(bytes), format?.toUpperCase()].filter(Boolean).join(' · ');
}

function placeOf({ latitude, longitude }: PhotoDetails): string | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  const north = `${Math.abs(latitude).toFixed(5)}° ${latitude < 0 ? 'S' : 'N'}`;
  const east = `${Math.abs(longitude).toFixed(5)}° ${longitude < 0 ? 'W' : 'E'}`;
  return `${north}, ${east}`;
}
