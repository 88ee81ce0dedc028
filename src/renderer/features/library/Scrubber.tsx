// The years beside the photos: shows where one is, and leads to any month with one click, a drag or
// the keys. It stands for the scroll bar, which says nothing.
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type RefObject,
  useEffect,
  useState,
} from 'react';
import { bandWords, markedBand, scrubberStep, yearMarks } from './scrubberMarks.ts';
import { bandAt, type Geometry } from './timelineGeometry.ts';
import './Scrubber.css';

interface ScrubberProps {
  readonly geometry: Geometry;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Of the window onto the photos, in pixels. */
  readonly height: number;
}

const inset = 12;

export function Scrubber({ geometry, scroller, height }: ScrubberProps) {
  const scrollTop = useScrollTop(scroller, geometry);
  /** Where the pointer is, 0 to 1; undefined while it is elsewhere. */
  const [pointed, setPointed] = useState<number>();
  const [isDragged, setDragged] = useState(false);
  const track = Math.max(1, height - 2 * inset);
  const { bands } = geometry;
  const current = bandAt(geometry, scrollTop + 1);
  const shown = isDragged || pointed === undefined ? current : markedBand(geometry, pointed);
  const at = Math.min(1, scrollTop / Math.max(1, geometry.height - height));

  function fractionAt(event: PointerEvent): number {
    const { top } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientY - top - inset) / track));
  }

  function goTo(fraction: number): void {
    scroller.current?.scrollTo({ top: fraction * (geometry.height - height) });
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragged(true);
    goTo(fractionAt(event));
  }

  function onPointerMove(event: PointerEvent): void {
    setPointed(fractionAt(event));
    if (isDragged) goTo(fractionAt(event));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const months = bands.map(({ sections }) => sections[0]?.month ?? '');
    const next = scrubberStep(months, current, event.key);
    const band = next === undefined ? undefined : bands[next];
    if (!band) return;
    event.preventDefault();
    scroller.current?.scrollTo({ top: band.top });
  }

  return (
    <div
      className={isDragged ? 'scrubber scrubber-dragged' : 'scrubber'}
      role="slider"
      tabIndex={0}
      aria-label="Month"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, bands.length - 1)}
      aria-valuenow={current}
      aria-valuetext={bandWords(bands[current])}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => setDragged(false)}
      onPointerLeave={() => setPointed(undefined)}
      onPointerCancel={() => setDragged(false)}
      onKeyDown={onKeyDown}
    >
      <Years geometry={geometry} track={track} />
      <span className="scrubber-thumb" style={{ top: inset + at * track }} />
      <span
        className="scrubber-month"
        style={{ top: inset + (isDragged ? at : (pointed ?? at)) * track }}
      >
        {bandWords(bands[shown])}
      </span>
    </div>
  );
}

/** They stay as they are while one scrolls. */
const Years = memo(function Years(props: { readonly geometry: Geometry; readonly track: number }) {
  return yearMarks(props.geometry, props.track).map(({ year, top, named }) => (
    <span key={year} className="scrubber-year number" style={{ top: inset + top }}>
      {named ? year : <span className="scrubber-dot" />}
    </span>
  ));
});

function useScrollTop(scroller: RefObject<HTMLElement | null>, geometry: Geometry): number {
  const [scrollTop, setScrollTop] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another geometry may scroll the page
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => setScrollTop(element.scrollTop);
    read();
    element.addEventListener('scroll', read, { passive: true });
    return () => element.removeEventListener('scroll', read);
  }, [scroller, geometry]);
  return scrollTop;
}
