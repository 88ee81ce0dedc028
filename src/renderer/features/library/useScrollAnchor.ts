// Keeps what the eye rests on in place when the page changes around it.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type Anchor, anchorAt, scrollTopFor } from './scrollAnchor.ts';
import type { Geometry } from './timelineGeometry.ts';

export function useScrollAnchor(
  scroller: RefObject<HTMLElement | null>,
  geometry: Geometry | undefined,
): void {
  const anchor = useRef<Anchor>(undefined);
  const shown = useRef<Geometry>(undefined);

  useLayoutEffect(() => {
    const element = scroller.current;
    shown.current = geometry;
    if (!element || !geometry) return;
    const wanted = anchor.current && scrollTopFor(geometry, anchor.current);
    if (wanted === undefined || Math.abs(wanted - element.scrollTop) < 1) return;
    element.scrollTop = wanted;
    // The browser tells of it with the next frame; what is drawn must follow before this one.
    element.dispatchEvent(new Event('scroll'));
  }, [scroller, geometry]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      if (shown.current) anchor.current = anchorAt(shown.current, element.scrollTop);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller]);
}
