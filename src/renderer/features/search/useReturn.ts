// When the viewer is left, the photo that was looked at last has the focus.
import { useEffect, useRef } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { useStore } from '../../store/store.ts';

export function useReturn(shown: readonly Hit[], focus: (index: number) => void): void {
  const viewed = useStore(({ viewer }) => viewer?.photos[viewer.index]?.tile.id);
  const before = useRef(viewed);
  useEffect(() => {
    const left = viewed === undefined ? before.current : undefined;
    before.current = viewed;
    const index = shown.findIndex((hit) => hit.photo === left);
    if (index >= 0) focus(index);
  });
}
