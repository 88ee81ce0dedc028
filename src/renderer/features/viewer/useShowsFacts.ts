// Whether the facts are shown beside photos; remembered on this machine.
import { useState } from 'react';

const storageKey = 'ocelli.viewerFacts';
/** Narrower windows leave the room to the photo, until one asks. */
const roomyWidth = 1000;

export function useShowsFacts(): [boolean, (shows: boolean) => void] {
  const [shows, setShows] = useState(stored);
  return [
    shows,
    (next) => {
      localStorage.setItem(storageKey, next ? 'shown' : 'hidden');
      setShows(next);
    },
  ];
}

function stored(): boolean {
  if (window.innerWidth < roomyWidth) return false;
  return localStorage.getItem(storageKey) !== 'hidden';
}
