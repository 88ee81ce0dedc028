// The way around the app, and at its foot what is going on.
import { Activity, FolderTree, Images, type LucideIcon, Search, Settings } from 'lucide-react';
import type { Page } from '../store/navigationSlice.ts';
import { useStore } from '../store/store.ts';
import { RunSummary } from './RunSummary.tsx';
import './Sidebar.css';

const entries: readonly { page: Page; label: string; icon: LucideIcon }[] = [
  { page: 'library', label: 'Library', icon: Images },
  { page: 'folders', label: 'Folders', icon: FolderTree },
  { page: 'search', label: 'Search', icon: Search },
  { page: 'indexing', label: 'Indexing', icon: Activity },
  { page: 'settings', label: 'Settings', icon: Settings },
];

export function Sidebar() {
  const place = useStore((store) => store.place);
  const go = useStore((store) => store.go);
  return (
    <nav className="sidebar" aria-label="Ocelli">
      <p className="sidebar-name">Ocelli</p>
      {entries.map(({ page, label, icon: Icon }) => (
        <button
          key={page}
          type="button"
          className="sidebar-entry"
          aria-current={place.page === page ? 'page' : undefined}
          onClick={() => go(page)}
        >
          <Icon size={18} aria-hidden="true" />
          <span>{label}</span>
        </button>
      ))}
      <RunSummary />
    </nav>
  );
}
