// Ctrl-K, Cmd-K or / lead to the search field from anywhere, except from where one types.
import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from '../../store/store.ts';

export const searchFieldId = 'search-field';

export function useSearchShortcut(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

export function focusSearchField(): void {
  const field = document.getElementById(searchFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || !isShortcut(event) || isTyping(event.target)) return;
  // The viewer gives way; a question wants its answer first.
  if (document.querySelector('dialog[open]:not(.viewer)')) return;
  event.preventDefault();
  const { closeViewer, go, place } = useStore.getState();
  // At once: until the next frame, on a busy machine, somebody has typed what would be lost.
  flushSync(() => {
    closeViewer();
    if (place.page !== 'search') go('search');
  });
  focusSearchField();
}

function isShortcut({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey) return false;
  if (key.toLowerCase() === 'k') return (ctrlKey || metaKey) && !shiftKey;
  return key === '/' && !ctrlKey && !metaKey;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.id === searchFieldId) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
  );
}
