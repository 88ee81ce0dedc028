// When a photo was taken. EXIF holds local time, and its offset from UTC only in newer cameras.
import { type Tags, text } from './exifTags.ts';

/** Before this, cameras wrote no EXIF: such years come from blank or reset clocks. */
const firstYear = 1901;

/**
 * 'YYYY-MM-DDTHH:MM:SS', with the offset where the photo names it. The moment of exposure comes
 * first, then that of digitising (scans), then the file's own stamp.
 */
export function readTakenAt(image: Tags, photo: Tags): string | undefined {
  return (
    localTime(
      photo['DateTimeOriginal'] ?? image['DateTimeOriginal'],
      photo['OffsetTimeOriginal'],
    ) ??
    localTime(photo['DateTimeDigitized'], photo['OffsetTimeDigitized']) ??
    localTime(image['DateTime'], photo['OffsetTime'])
  );
}

/** The parser hands local time out as if it were UTC, so its UTC fields are the local ones. */
function localTime(value: unknown, offset: unknown): string | undefined {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const year = value.getUTCFullYear();
  if (year < firstYear || year > 9999) return undefined;
  return value.toISOString().slice(0, 19) + zone(offset);
}

function zone(offset: unknown): string {
  const named = text(offset)?.match(/^([+-](0\d|1[0-4]):[0-5]\d)$/);
  return named?.[1] ?? '';
}
