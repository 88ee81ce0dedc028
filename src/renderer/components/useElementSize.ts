// The size of an element, kept as it changes.
import { type RefObject, useLayoutEffect, useState } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Without its padding, in whole pixels; 0 in the first rendering, and known before it is painted. */
export function useElementSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const keep = (width: number, height: number) => {
      const next = { width: Math.floor(width), height: Math.floor(height) };
      setSize((known) =>
        known.width === next.width && known.height === next.height ? known : next,
      );
    };
    keep(...innerSize(current));
    const observer = new ResizeObserver(([entry]) => {
      if (entry) keep(entry.contentRect.width, entry.contentRect.height);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

function innerSize(element: HTMLElement): [width: number, height: number] {
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(element);
  const sum = (...lengths: string[]) =>
    lengths.reduce((total, length) => total + (Number.parseFloat(length) || 0), 0);
  return [
    element.clientWidth - sum(paddingLeft, paddingRight),
    element.clientHeight - sum(paddingTop, paddingBottom),
  ];
}
