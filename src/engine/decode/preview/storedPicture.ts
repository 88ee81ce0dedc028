// The picture that is shown for a RAW photo: its largest preview, as a JPEG that a browser turns
// upright by itself.
import type { StoredPicture } from '../../../shared/storedPicture.ts';
import { largestPreview } from './choosePreview.ts';
import { soundOrientation } from './findPreviews.ts';
import { loadPreviews } from './loadPreviews.ts';

/** Undefined where the file has none, or is not there. */
export async function storedPictureIn(path: string): Promise<StoredPicture | undefined> {
  const found = await loadPreviews(path);
  const preview = found && largestPreview(found);
  if (preview === undefined) return undefined;
  const orientation = soundOrientation(found?.orientation);
  const isOwn = orientation === undefined;
  return {
    head: jpegHead(orientation).toString('base64'),
    start: isOwn ? preview.start + 2 : preview.bodyStart,
    end: preview.end,
  };
}

/** A JPEG's first bytes: its mark and, where it is known, EXIF with nothing but the orientation. */
function jpegHead(orientation: number | undefined): Buffer {
  const mark = Buffer.from([0xff, 0xd8]);
  if (orientation === undefined) return mark;
  const tiff = Buffer.from(
    'MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0',
    'latin1',
  );
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const segment = Buffer.from([0xff, 0xe1, 0, 0]);
  segment.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([mark, segment, body]);
}
