// The way through the years at the side of the grid: drag or click to jump; years are written, the
// month is told while one drags.
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { Timeline } from '../../../shared/library.ts';
import { formatMonth } from '../../components/format.ts';
import { rowAt, type TimelineRow } from './timelineRows.ts';
import './Scrubber.css';

interface ScrubberProps {
  readonly timeline: Timeline;
  readonly rows: readonly TimelineRow[];
  readonly offsets: Float64Array;
  readonly top: number;
  readonly height: number;
  readonly month: string | undefined;
  onScroll(y: number): void;
}

/** Years closer together than this share of the height are not all written. */
const closest = 0.04;

export function Scrubber(props: ScrubberProps) {
  const { rows, offsets, top, height, month, onScroll } = props;
  const track = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<string>();
  const whole = offsets[rows.length] ?? 0;
  const range = Math.max(1, whole - height);
  const years = useMemo(() => yearMarks(rows, offsets), [rows, offsets]);
  if (whole <= height) return null;

  const drag = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || event.buttons !== 1) return;
    const share = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    onScroll(share * range);
    setDragged(rows[rowAt(offsets, share * range)]?.month);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = props.timeline.months.findIndex((each) => each.month === month);
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -12, PageDown: 12 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const last = props.timeline.months.length - 1;
    const target = props.timeline.months[Math.min(last, Math.max(0, index + step))];
    const row = rows.findIndex((each) => each.month === target?.month);
    if (row >= 0) onScroll(offsets[row] ?? 0);
  };

  const label = month ? formatMonth(month) : '';
  return (
    <div
      className="scrubber"
      ref={track}
      role="slider"
      tabIndex={0}
      aria-label="Date"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((100 * top) / range)}
      aria-valuetext={label}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={drag}
      onPointerUp={() => setDragged(undefined)}
      onPointerCancel={() => setDragged(undefined)}
    >
      {years.map(({ year, share }) => (
        <span key={year} className="scrubber-year" style={{ top: `${share * 100}%` }}>
          {year}
        </span>
      ))}
      <span className="scrubber-thumb" style={{ top: `${Math.min(1, top / range) * 100}%` }}>
        {dragged && <span className="scrubber-month">{formatMonth(dragged)}</span>}
      </span>
    </div>
  );
}

function yearMarks(rows: readonly TimelineRow[], offsets: Float64Array) {
  const whole = offsets[rows.length] ?? 1;
  const marks: { year: string; share: number }[] = [];
  for (const [i, row] of rows.entries()) {
    const year = row.month.slice(0, 4);
    const share = (offsets[i] ?? 0) / whole;
    const before = marks.at(-1);
    if (row.kind !== 'month' || before?.year === year) continue;
    if (before && share - before.share < closest) continue;
    marks.push({ year, share });
  }
  return marks;
}
