// Escape and Ctrl-A or Cmd-A for what is selected: wherever the focus is on the page, as long as it
// is not in a text.
import { useEffect } from 'react';
import { useStore } from '../../store/store.ts';

export function useSelectionKeys(selection: { all(): void; clear(): void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof Element && target.closest('input, textarea, select, dialog')) return;
      const { viewer, selected } = useStore.getState();
      if (viewer || event.defaultPrevented) return;
      if (event.key === 'Escape' && selected.size > 0) selection.clear();
      else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) selection.all();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [selection]);
}
