// A month: its heading, which stays in sight, and those of its rows that show.
import { memo } from 'react';
import { formatCount } from '../../../shared/format.ts';
import type { PhotoTile } from '../../../shared/library.ts';
import { formatMonth } from '../../components/format.ts';
import { GridTile } from './GridTile.tsx';
import type { Row } from './justify.ts';
import { headingHeight, type Section } from './timelineGeometry.ts';
import './MonthSection.css';

interface MonthSectionProps {
  readonly section: Section;
  /** Indexes of those that show. */
  readonly rows: readonly number[];
  readonly selected: ReadonlySet<number>;
  /** The photo that Tab reaches, if it is of this month. */
  readonly active: number | undefined;
}

export function MonthSection({ section, rows, selected, active }: MonthSectionProps) {
  const { month, top, left, width, height, layout, count } = section;
  const id = `month-${month}`;
  return (
    <section
      className="month-section"
      data-month={month}
      style={{ top, left, width, height }}
      aria-labelledby={id}
    >
      <header className="month-section-heading" style={{ height: headingHeight }}>
        <h2 id={id}>{formatMonth(month)}</h2>
        <p className="quiet number">{formatCount(section.photos?.length ?? count)}</p>
      </header>
      {layout ? (
        <div
          role="grid"
          className="month-section-photos"
          aria-labelledby={id}
          aria-multiselectable="true"
          aria-rowcount={layout.rows.length}
        >
          {rows.flatMap((index) => {
            const row = layout.rows[index];
            return row ? (
              <PhotoRow
                key={section.photos?.[row.first]?.id ?? row.first}
                photos={section.photos ?? []}
                row={row}
                position={index + 1}
                selected={selected}
                active={active}
              />
            ) : (
              []
            );
          })}
        </div>
      ) : (
        <div className="month-section-loading" aria-hidden="true" />
      )}
    </section>
  );
}

interface PhotoRowProps {
  /** Of the whole month. */
  readonly photos: readonly PhotoTile[];
  readonly row: Row;
  readonly position: number;
  readonly selected: ReadonlySet<number>;
  readonly active: number | undefined;
}

const PhotoRow = memo(function PhotoRow(props: PhotoRowProps) {
  const { photos, row, position, selected, active } = props;
  return (
    <div
      role="row"
      className="month-section-row"
      style={{ top: row.top, height: row.height }}
      aria-rowindex={position}
    >
      {photos.slice(row.first, row.first + row.boxes.length).map((tile, index) => (
        <GridTile
          key={tile.id}
          tile={tile}
          left={row.boxes[index]?.left ?? 0}
          width={row.boxes[index]?.width ?? 0}
          isSelected={selected.has(tile.id)}
          isActive={active === tile.id}
        />
      ))}
    </div>
  );
});
