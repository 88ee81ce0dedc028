// The theme that was set, on the document, where the tokens look for it.
import { useEffect } from 'react';
import { useStore } from '../store/store.ts';

export function useTheme(): void {
  const theme = useStore((store) => store.settings.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
