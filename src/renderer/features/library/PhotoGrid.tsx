// Photos by date, newest first, months as headings: only what is near the window is in the page, so
// that a hundred thousand scroll like a hundred.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { PhotoFilter } from '../../../shared/library.ts';
import { formatCount, formatMonth } from '../../components/format.ts';
import { useStore } from '../../store/store.ts';
import { PhotoCell } from './PhotoCell.tsx';
import { Scrubber } from './Scrubber.tsx';
import { offsetsOf, rowAt, type TimelineRow, timelineRows } from './timelineRows.ts';
import { useGridInput } from './useGridInput.ts';
import { useScroll } from './useScroll.ts';
import { useTimeline } from './useTimeline.ts';
import './PhotoGrid.css';

interface PhotoGridProps {
  readonly filter?: PhotoFilter;
  /** Pixels. */
  readonly rowHeight: number;
  readonly empty: React.ReactNode;
}

const gap = 4;
/** Rows outside the window that are in the page, by their pixels: a quick flick finds them there. */
const beyond = 900;

export function PhotoGrid({ filter, rowHeight, empty }: PhotoGridProps) {
  const { timeline, loaded, need } = useTimeline(filter);
  const scroller = useRef<HTMLDivElement>(null);
  const { top, width, height } = useScroll(scroller);
  const rows = useMemo(
    () => (timeline && width > 0 ? timelineRows(timeline, loaded, { width, rowHeight, gap }) : []),
    [timeline, loaded, width, rowHeight],
  );
  const offsets = useMemo(() => offsetsOf(rows), [rows]);
  useKeptPlace(scroller, rows, offsets);

  const first = rowAt(offsets, top - beyond);
  const last = rowAt(offsets, top + height + beyond);
  const shown = rows.slice(first, last + 1);
  const months = useMemo(() => [...new Set(shown.map((row) => row.month))].join(' '), [shown]);
  useEffect(() => need(months === '' ? [] : months.split(' ')), [months, need]);

  const tiles = useMemo(
    () => rows.flatMap((row) => (row.kind === 'photos' ? row.tiles.map(({ tile }) => tile) : [])),
    [rows],
  );
  const scrollTo = useCallback((y: number) => scroller.current?.scrollTo({ top: y }), []);
  const input = useGridInput({ rows, offsets, tiles, scroller });
  const selected = useStore((store) => store.selected);

  if (timeline?.photos === 0) return empty;
  const current = rows[rowAt(offsets, top + 1)];
  return (
    <div className="photo-grid">
      <div
        className="photo-grid-scroller"
        ref={scroller}
        role="grid"
        aria-label="Photos"
        aria-rowcount={rows.length}
        aria-multiselectable="true"
        {...input.handlers}
      >
        <div className="photo-grid-space" style={{ height: offsets[rows.length] ?? 0 }}>
          {shown.map((row, i) => (
            <div
              key={row.key + row.kind}
              className="photo-grid-row"
              role="row"
              aria-rowindex={first + i + 1}
              style={{ height: row.height, transform: `translateY(${offsets[first + i] ?? 0}px)` }}
            >
              <Row row={row} selected={selected} current={input.current} />
            </div>
          ))}
        </div>
      </div>
      {timeline && (
        <Scrubber
          timeline={timeline}
          rows={rows}
          offsets={offsets}
          top={top}
          height={height}
          month={current?.month}
          onScroll={scrollTo}
        />
      )}
    </div>
  );
}

interface RowProps {
  readonly row: TimelineRow;
  readonly selected: ReadonlySet<number>;
  readonly current: number | undefined;
}

function Row({ row, selected, current }: RowProps) {
  if (row.kind === 'month') {
    return (
      <div className="photo-grid-month" role="rowheader">
        <h2>{formatMonth(row.month)}</h2>
        <span className="quiet number">{formatCount(row.photos)}</span>
      </div>
    );
  }
  if (row.kind === 'waiting') return <div className="photo-grid-waiting" role="gridcell" />;
  return row.tiles.map(({ tile, width }) => (
    <PhotoCell
      key={tile.id}
      tile={tile}
      width={width}
      isSelected={selected.has(tile.id)}
      isSelecting={selected.size > 0}
      isCurrent={tile.id === current}
    />
  ));
}

/** Rows above may turn out higher or lower than expected: what is looked at stays where it is. */
function useKeptPlace(
  scroller: React.RefObject<HTMLDivElement | null>,
  rows: readonly TimelineRow[],
  offsets: Float64Array,
): void {
  const before = useRef({ rows, offsets });
  useLayoutEffect(() => {
    const element = scroller.current;
    const old = before.current;
    before.current = { rows, offsets };
    if (!element || old.rows === rows || element.scrollTop === 0) return;
    const oldIndex = rowAt(old.offsets, element.scrollTop);
    const month = old.rows[oldIndex]?.month;
    const oldStart = old.offsets[old.rows.findIndex((row) => row.month === month)];
    const newStart = offsets[rows.findIndex((row) => row.month === month)];
    if (oldStart === undefined || newStart === undefined || oldStart === newStart) return;
    element.scrollTop += newStart - oldStart;
  }, [scroller, rows, offsets]);
}
