// How large photos are shown; remembered on this machine.
import { useState } from 'react';

export const rowHeights = { small: 108, medium: 176, large: 272 } as const;
/** Pixels between photos. */
export const gaps = { small: 3, medium: 4, large: 6 } as const;
export type TileSize = keyof typeof rowHeights;

const storageKey = 'ocelli.tileSize';

export function useTileSize(): [TileSize, (size: TileSize) => void] {
  const [size, setSize] = useState<TileSize>(stored);
  return [
    size,
    (next) => {
      localStorage.setItem(storageKey, next);
      setSize(next);
    },
  ];
}

function stored(): TileSize {
  const value = localStorage.getItem(storageKey) ?? '';
  return value === 'small' || value === 'large' ? value : 'medium';
}
