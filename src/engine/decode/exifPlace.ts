// GPS tags → degrees.
import { numbers, type Tags, text } from './exifTags.ts';

interface Place {
  readonly latitude?: number;
  readonly longitude?: number;
}

/**
 * Where a photo was taken, as decimal degrees; empty unless both coordinates are sound. Exactly
 * 0, 0 is left out as well: receivers without a fix write it, and nobody photographs there.
 */
export function readPlace(tags: Tags): Place {
  const latitude = degrees(tags['GPSLatitude'], tags['GPSLatitudeRef'], 'S', 90);
  const longitude = degrees(tags['GPSLongitude'], tags['GPSLongitudeRef'], 'W', 180);
  if (latitude === undefined || longitude === undefined) return {};
  if (latitude === 0 && longitude === 0) return {};
  return { latitude, longitude };
}

/** Degrees, minutes and seconds (the latter two may be missing), rounded to about a centimetre. */
function degrees(
  value: unknown,
  reference: unknown,
  negative: 'S' | 'W',
  most: number,
): number | undefined {
  const parts = numbers(value);
  if (parts === undefined || parts.some((part) => part < 0)) return undefined;
  const [whole = 0, minutes = 0, seconds = 0] = parts;
  const size = whole + minutes / 60 + seconds / 3600;
  if (size > most) return undefined;
  const sign = text(reference)?.toUpperCase() === negative && size > 0 ? -1 : 1;
  return (sign * Math.round(size * 1e7)) / 1e7;
}
