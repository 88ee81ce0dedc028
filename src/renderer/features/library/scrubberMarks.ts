// The years beside the photos: where each begins, and the month at a height.
import { formatMonth } from '../../components/format.ts';
import { type Band, bandAt, type Geometry } from './timelineGeometry.ts';

export interface YearMark {
  readonly year: string;
  /** From the top of the track, in its pixels. */
  readonly top: number;
  /** False where its name would lie on that of another year: it is a dot then, if there is room. */
  readonly named: boolean;
}

const roomForName = 22;
const roomForDot = 11;

export function yearMarks(geometry: Geometry, trackHeight: number): YearMark[] {
  const marks: YearMark[] = [];
  let lastNamed = Number.NEGATIVE_INFINITY;
  let lastYear = '';
  for (const { month, top } of geometry.sections) {
    const year = month.slice(0, 4);
    if (year === lastYear) continue;
    lastYear = year;
    const at = (top / geometry.height) * trackHeight;
    const named = at - lastNamed >= roomForName && at <= trackHeight - roomForName;
    if (named) lastNamed = at;
    marks.push({ year, top: at, named });
  }
  return marks.filter((mark) => mark.named || hasRoomForDot(mark, marks));
}

function hasRoomForDot({ top }: YearMark, marks: readonly YearMark[]): boolean {
  return marks.every((other) => !other.named || Math.abs(other.top - top) >= roomForDot);
}

/** Index of the band at this part (0 to 1) of the track. */
export function markedBand(geometry: Geometry, fraction: number): number {
  return bandAt(geometry, fraction * geometry.height);
}

/** 'March 2024'; of months beside each other 'January – March 2024' or 'June 2023 – March 2024'. */
export function bandWords(band: Band | undefined): string {
  const [newest = '', oldest = ''] = [0, -1].map((at) => band?.sections.at(at)?.month ?? '');
  if (newest === oldest) return formatMonth(newest);
  const isOneYear = newest.slice(0, 4) === oldest.slice(0, 4);
  const first = formatMonth(oldest);
  return `${isOneYear ? first.replace(/ \d+$/, '') : first} – ${formatMonth(newest)}`;
}

/** The month that a key leads to; undefined for other keys. A page is a year. */
export function scrubberStep(
  months: readonly string[],
  current: number,
  key: string,
): number | undefined {
  const year = months[current]?.slice(0, 4) ?? '';
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(months.length - 1, current + 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(0, current - 1);
    case 'PageDown': {
      const next = months.findIndex((month, index) => index > current && !month.startsWith(year));
      return next < 0 ? months.length - 1 : next;
    }
    case 'PageUp': {
      const before = months.findLastIndex((m, index) => index < current && !m.startsWith(year));
      if (before < 0) return 0;
      return months.findIndex((month) => month.startsWith(months[before]?.slice(0, 4) ?? ''));
    }
    case 'Home':
      return 0;
    case 'End':
      return months.length - 1;
    default:
      return undefined;
  }
}
