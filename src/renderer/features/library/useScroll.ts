// How far an element is scrolled and how large it is, once a frame at most.
import { type RefObject, useEffect, useState } from 'react';

export interface Scroll {
  readonly top: number;
  /** Of the content box. */
  readonly width: number;
  readonly height: number;
}

export function useScroll(element: RefObject<HTMLElement | null>): Scroll {
  const [scroll, setScroll] = useState<Scroll>({ top: 0, width: 0, height: 0 });
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      const style = getComputedStyle(current);
      const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
      setScroll({
        top: current.scrollTop,
        width: current.clientWidth - padding,
        height: current.clientHeight,
      });
    };
    const soon = () => {
      frame ||= requestAnimationFrame(read);
    };
    read();
    current.addEventListener('scroll', soon, { passive: true });
    const resizes = new ResizeObserver(soon);
    resizes.observe(current);
    return () => {
      cancelAnimationFrame(frame);
      current.removeEventListener('scroll', soon);
      resizes.disconnect();
    };
  }, [element]);
  return scroll;
}
