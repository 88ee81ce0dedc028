// All photos of the library, or of a folder, by month: only what shows is drawn, however many there
// are.
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import { useStore } from '../../store/store.ts';
import { MonthSection } from './MonthSection.tsx';
import type { MonthsState, PhotoMonths } from './photoMonths.ts';
import { Scrubber } from './Scrubber.tsx';
import { createLayouts, timelineGeometry } from './timelineGeometry.ts';
import { useActivePhoto } from './useActivePhoto.ts';
import { useGridInput } from './useGridInput.ts';
import { useGridSelection } from './useGridSelection.ts';
import { useGridWindow } from './useGridWindow.ts';
import { useOpenPhoto } from './useOpenPhoto.ts';
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
  const active = useActivePhoto(scroller, geometry);
  const { shown, months: near } = useGridWindow(scroller, geometry, active.spot, rowHeights[size]);
  const selection = useGridSelection(months);
  const open = useOpenPhoto(months, active.moveTo);
  const selected = useStore((store) => store.selected);
  const input = useGridInput({ geometry, active, selection, open, windowHeight: height });
  useEffect(() => months.want(near), [months, near]);

  const measures: CSSProperties & Record<`--${string}`, string> = {
    height: geometry?.height ?? 0,
    '--row-height': `${rowHeights[size]}px`,
    '--gap': `${gaps[size]}px`,
  };
  return (
    <div className={selected.size > 0 ? 'photo-grid selecting' : 'photo-grid'}>
      <div
        ref={scroller}
        className="photo-grid-scroller"
        role="group"
        aria-label={label}
        {...input}
      >
        <div className="photo-grid-page" style={measures}>
          {shown.flatMap(({ band, rows }) =>
            band.sections.map((section) => (
              <MonthSection
                key={section.month}
                section={section}
                rows={rows}
                selected={selected}
                active={active.id}
              />
            )),
          )}
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
