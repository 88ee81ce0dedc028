// Turns what sharp, libvips and libheif say into the codes that a person meets. Their messages are
// the only thing that tells damage from a missing decoder, so the patterns live here and nowhere else.
import { OcelliError } from '../../shared/errors.ts';
import type { Sniffed } from './sniff.ts';

/**
 * An error that was met while the picture was decoded.
 * @throws nothing; returns IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED or IMAGE_DAMAGED
 */
export function imageError(path: string, kind: Sniffed, cause: unknown): OcelliError {
  if (cause instanceof OcelliError) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  if (/(pixel|security) limit|memory allocation|too large|dimensions.*(limit|exceed)/i.test(said)) {
    return new OcelliError('IMAGE_TOO_LARGE', `The image has too many pixels: ${path}`, { cause });
  }
  if (/Support for this compression|unsupported (image|codec|feature)|not supported/i.test(said)) {
    return unsupported(path, kind, cause);
  }
  return new OcelliError('IMAGE_DAMAGED', `The image is damaged (${damage(said)}): ${path}`, {
    cause,
  });
}

export function unsupported(path: string, kind: Sniffed, cause?: unknown): OcelliError {
  return new OcelliError(
    'FORMAT_UNSUPPORTED',
    `This is ${kind.name}, which cannot be read: ${path}`,
    {
      cause,
    },
  );
}

export function notAnImage(path: string): OcelliError {
  return new OcelliError('NOT_AN_IMAGE', `The content is not an image: ${path}`);
}

function damage(said: string): string {
  if (/premature end|Unexpected end|read error|unable to parse|bad seek|end of file/i.test(said)) {
    return 'it is cut off, or part of it is unreadable';
  }
  const [line = 'unknown reason'] = said
    .replace('Input buffer has corrupt header: ', '')
    .split('\n');
  return line.slice(0, 120);
}

/**
 * Whether a JPEG decoder's complaint means that part of the picture is missing or wrong. Bytes
 * before the end mark, odd Adobe markers and the like are left by careless writers and harm nothing.
 */
export function isVisibleJpegDamage(cause: unknown): boolean {
  const said = cause instanceof Error ? cause.message : String(cause);
  return said
    .split('\n')
    .some(
      (line) =>
        /premature end|Corrupt JPEG data|bad Huffman/i.test(line) &&
        !/extraneous bytes before marker 0xd9/i.test(line),
    );
}
