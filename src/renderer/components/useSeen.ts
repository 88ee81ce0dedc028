// Calls back when an element comes near the visible part of the page.
import { type RefObject, useEffect, useRef } from 'react';

export function useSeen(onSeen: () => void, isActive: boolean): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isActive || !element.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) onSeen();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [onSeen, isActive]);
  return element;
}
