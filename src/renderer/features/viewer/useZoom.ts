// Zooming and moving a photo: wheel and pinch, double click, drag, and keys.
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import {
  closeScale,
  fittedSize,
  fittedView,
  largestScale,
  type Point,
  type Shape,
  settled,
  type View,
  zoomed,
} from './zoom.ts';

const keyStep = 1.5;
const middle: Point = { x: 0, y: 0 };

export function useZoom(frame: RefObject<HTMLElement | null>, photo: Shape) {
  const size = useElementSize(frame);
  const [view, setView] = useState<View>(fittedView);
  /** Steps glide; what follows the hand does not. */
  const [isEased, setEased] = useState(false);
  const fitted = fittedSize(photo, size);
  const largest = largestScale(photo, fitted);
  const pointers = useRef(new Map<number, Point>());

  function change(next: (view: View) => View, eased: boolean): void {
    setEased(eased);
    setView((now) => settled(next(now), fitted, size, largest));
  }
  const zoomBy = (factor: number, at = middle, eased = true) =>
    change((now) => zoomed(now, Math.min(largest, Math.max(1, now.scale * factor)), at), eased);
  const showWhole = () => change(() => fittedView, true);

  const latest = useRef({ zoomBy, showWhole });
  useEffect(() => {
    latest.current = { zoomBy, showWhole };
  });
  useWheel(frame, latest);
  useKeys(latest);

  function onDoubleClick(event: { clientX: number; clientY: number }): void {
    if (view.scale > 1.01) showWhole();
    else zoomBy(closeScale(photo, fitted), fromMiddle(frame.current, event));
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, fromMiddle(frame.current, event));
  }

  function onPointerMove(event: PointerEvent): void {
    const held = pointers.current;
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = fromMiddle(frame.current, event);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, now);
    if (other) zoomBy(distance(now, other) / Math.max(1, distance(before, other)), other, false);
    else change((v) => ({ ...v, x: v.x + now.x - before.x, y: v.y + now.y - before.y }), false);
  }

  function onPointerUp(event: PointerEvent): void {
    pointers.current.delete(event.pointerId);
  }

  return {
    view: settled(view, fitted, size, largest),
    fitted,
    isEased,
    canZoomIn: view.scale < largest,
    zoomBy,
    showWhole,
    handlers: {
      onDoubleClick,
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: onPointerUp,
    },
  };
}

type Latest = RefObject<{
  zoomBy(factor: number, at?: Point, eased?: boolean): void;
  showWhole(): void;
}>;

function useWheel(frame: RefObject<HTMLElement | null>, latest: Latest): void {
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      // A pinch on a touchpad comes as a wheel with Ctrl, in smaller steps.
      const speed = event.ctrlKey ? 100 : 400;
      const factor = Math.exp(-Math.min(200, Math.max(-200, event.deltaY)) / speed);
      latest.current.zoomBy(factor, fromMiddle(element, event), false);
    };
    // React listens passively, which would let the wheel zoom the whole page.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame, latest]);
}

function useKeys(latest: Latest): void {
  useEffect(() => {
    const onKeyDown = ({ key, ctrlKey, metaKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey) return;
      if (key === '+' || key === '=') latest.current.zoomBy(keyStep);
      else if (key === '-') latest.current.zoomBy(1 / keyStep);
      else if (key === '0') latest.current.showWhole();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [latest]);
}

function fromMiddle(
  element: HTMLElement | null,
  { clientX, clientY }: { clientX: number; clientY: number },
): Point {
  const box = element?.getBoundingClientRect();
  if (!box) return middle;
  return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
