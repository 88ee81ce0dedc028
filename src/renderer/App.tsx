// The frame: navigation at the side, the page beside it, the viewer and messages above both.
import { useEffect } from 'react';
import { Messages } from './components/Messages.tsx';
import { Sidebar } from './components/Sidebar.tsx';
import { useTheme } from './components/useTheme.ts';
import { WindowDrop } from './features/drop/WindowDrop.tsx';
import { IndexingPage } from './features/indexing/IndexingPage.tsx';
import { FoldersPage } from './features/library/FoldersPage.tsx';
import { LibraryPage } from './features/library/LibraryPage.tsx';
import { SearchPage } from './features/search/SearchPage.tsx';
import { usePastedPictures } from './features/search/takePicture.ts';
import { useSearchShortcut } from './features/search/useSearchShortcut.ts';
import { SettingsPage } from './features/settings/SettingsPage.tsx';
import { Viewer } from './features/viewer/Viewer.tsx';
import { WelcomePage } from './features/welcome/WelcomePage.tsx';
import type { Page } from './store/navigationSlice.ts';
import { useStore } from './store/store.ts';
import './App.css';

const pageOf: Readonly<Record<Page, () => React.JSX.Element>> = {
  library: LibraryPage,
  folders: FoldersPage,
  search: SearchPage,
  indexing: IndexingPage,
  settings: SettingsPage,
};

export function App() {
  const connect = useStore((store) => store.connect);
  const readAddress = useStore((store) => store.readAddress);
  const page = useStore((store) => store.place.page);
  // Not the status itself: that changes twice a second while photos are indexed, and this is the page.
  const isConnected = useStore((store) => store.status !== undefined);
  const isNew = useStore((store) => store.status?.roots.length === 0);
  useTheme();
  useSearchShortcut();
  usePastedPictures(isConnected && !isNew);
  useEffect(() => {
    connect();
    window.addEventListener('popstate', readAddress);
    return () => window.removeEventListener('popstate', readAddress);
  }, [connect, readAddress]);

  if (!isConnected) return <div className="app-starting" role="status" aria-label="Starting" />;
  const CurrentPage = isNew && page !== 'settings' ? WelcomePage : pageOf[page];
  return (
    <div className="app">
      <Sidebar />
      <main className="app-page">
        <CurrentPage />
      </main>
      <Viewer />
      <WindowDrop canSearch={!isNew} />
      <Messages />
    </div>
  );
}
