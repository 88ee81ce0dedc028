// All photos of the library, or of a folder, by month: only what shows is drawn, however many there
// are.
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import { useStore } from '../../store/store.ts';
import { MonthSection } from './MonthSection.tsx';
import type { MonthsState, PhotoMonths } from './photoMonths.ts';
import { Scrubber } from './Scrubber.tsx';
import { shownSections } from './shownRows.ts';
import { createLayouts, type Span, sectionsWithin, timelineGeometry } from './timelineGeometry.ts';
import { useActivePhoto } from './useActivePhoto.ts';
import { useGridInput } from './useGridInput.ts';
import { useGridSelection } from './useGridSelection.ts';
import { useOpenPhoto } from './useOpenPhoto.ts';
import { useScrollSpan } from './useScrollSpan.ts';
import { gaps, rowHeights, type TileSize } from './useTileSize.ts';
import './PhotoGrid.css';

interface PhotoGridProps {
  readonly months: PhotoMonths;
  readonly state: MonthsState;
  readonly size: TileSize;
  readonly label: string;
}

export function PhotoGrid({ months, state, size, label }: PhotoGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(scroller);
  const geometry = useGeometry(state, width, size);
  const span = useScrollSpan(scroller, geometry, height);
  const active = useActivePhoto(scroller, geometry);
  const selection = useGridSelection(months);
  const open = useOpenPhoto(months, active.moveTo);
  const selected = useStore((store) => store.selected);
  const input = useGridInput({ geometry, active, selection, open, windowHeight: height });
  useWantedMonths(months, geometry, span, height);

  const measures: CSSProperties & Record<`--${string}`, string> = {
    height: geometry?.height ?? 0,
    '--row-height': `${rowHeights[size]}px`,
    '--gap': `${gaps[size]}px`,
  };
  return (
    <div className={selected.size > 0 ? 'photo-grid photo-grid-selecting' : 'photo-grid'}>
      <div
        ref={scroller}
        className="photo-grid-scroller"
        role="group"
        aria-label={label}
        {...input}
      >
        <div className="photo-grid-page" style={measures}>
          {geometry &&
            shownSections(geometry, span, active.spot).map(({ section, rows }) => (
              <MonthSection
                key={section.month}
                section={section}
                rows={rows}
                selected={selected}
                active={active.id}
              />
            ))}
        </div>
      </div>
      {geometry && geometry.height > height && (
        <Scrubber geometry={geometry} scroller={scroller} height={height} />
      )}
    </div>
  );
}

function useGeometry({ timeline, photos }: MonthsState, width: number, size: TileSize) {
  const [layoutOf] = useState(createLayouts);
  return useMemo(() => {
    if (!timeline || width === 0) return undefined;
    const rules = { width, rowHeight: rowHeights[size], gap: gaps[size] };
    return timelineGeometry(timeline, photos, rules, layoutOf);
  }, [timeline, photos, width, size, layoutOf]);
}

/** What shows comes first, then what is a window away. */
function useWantedMonths(
  months: PhotoMonths,
  geometry: ReturnType<typeof useGeometry>,
  { from, to }: Span,
  windowHeight: number,
): void {
  useEffect(() => {
    if (!geometry) return;
    const near = { from: from - windowHeight, to: to + windowHeight };
    const names = [{ from, to }, near].flatMap((span) =>
      sectionsWithin(geometry, span).map(({ month }) => month),
    );
    months.want([...new Set(names)]);
  }, [months, geometry, from, to, windowHeight]);
}
