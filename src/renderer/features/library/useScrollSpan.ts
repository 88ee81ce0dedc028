// Which part of the page shows, and that it stays in place when the page changes around it.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Anchor, anchorAt, scrollTopFor } from './scrollAnchor.ts';
import type { Geometry, Span } from './timelineGeometry.ts';

/** Drawn anew when the page was scrolled this far, not at every pixel. */
const step = 120;
/** Drawn beyond the window at either side, so that scrolling meets what is there already. */
const overscan = 480;

export function useScrollSpan(
  scroller: RefObject<HTMLElement | null>,
  geometry: Geometry | undefined,
  windowHeight: number,
): Span {
  const [top, setTop] = useState(0);
  const anchor = useRef<Anchor>(undefined);
  const shown = useRef<Geometry>(undefined);

  useLayoutEffect(() => {
    const element = scroller.current;
    shown.current = geometry;
    if (!element || !geometry) return;
    const wanted = anchor.current && scrollTopFor(geometry, anchor.current);
    if (wanted !== undefined && Math.abs(wanted - element.scrollTop) >= 1) {
      element.scrollTop = wanted;
    }
    setTop(roughly(element.scrollTop));
  }, [scroller, geometry]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      if (shown.current) anchor.current = anchorAt(shown.current, element.scrollTop);
      setTop(roughly(element.scrollTop));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller]);

  return { from: top - overscan, to: top + windowHeight + step + overscan };
}

function roughly(scrollTop: number): number {
  return Math.floor(scrollTop / step) * step;
}
