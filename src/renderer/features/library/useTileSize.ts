// How large photos are shown; remembered on this machine.
import { useState } from 'react';

export const rowHeights = { small: 120, medium: 190, large: 300 } as const;
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
