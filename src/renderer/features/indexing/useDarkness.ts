// Whether the page is dark at the moment, by the person's choice or the system's.
import { useSyncExternalStore } from 'react';
import { useStore } from '../../store/store.ts';

const system = window.matchMedia('(prefers-color-scheme: dark)');

export function useDarkness(): boolean {
  const theme = useStore((store) => store.settings.theme);
  const isSystemDark = useSyncExternalStore(
    (onChange) => {
      system.addEventListener('change', onChange);
      return () => system.removeEventListener('change', onChange);
    },
    () => system.matches,
  );
  return theme === 'system' ? isSystemDark : theme === 'dark';
}
