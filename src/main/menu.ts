// The application menu: what the window can do, with its keys, and the system's own items.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppPage } from './mainWindow.ts';

export interface MenuActions {
  /** Opens the window where it is closed. */
  go(page: AppPage): void;
  addFolders(): void;
  indexNow(): void;
  pauseOrResume(): void;
}

export function setMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(actions, process.platform === 'darwin')));
}

function template(actions: MenuActions, mac: boolean): MenuItemConstructorOptions[] {
  const page = (label: string, name: AppPage, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => actions.go(name),
  });
  const settings = page('Settings…', 'settings', 'CmdOrCtrl+,');
  const ours: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  const library: MenuItemConstructorOptions = {
    label: 'Library',
    submenu: [
      { label: 'Add Folders…', accelerator: 'CmdOrCtrl+O', click: actions.addFolders },
      { type: 'separator' },
      { label: 'Look for Changes Now', accelerator: 'CmdOrCtrl+Shift+R', click: actions.indexNow },
      {
        label: 'Pause or Resume Indexing',
        accelerator: 'CmdOrCtrl+Shift+P',
        click: actions.pauseOrResume,
      },
      { type: 'separator' },
      ...(mac ? [{ role: 'close' as const }] : [settings, { type: 'separator' as const }]),
      ...(mac ? [] : [{ role: 'quit' as const }]),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      page('Library', 'library', 'CmdOrCtrl+1'),
      page('Folders', 'folders', 'CmdOrCtrl+2'),
      page('Search', 'search', 'CmdOrCtrl+F'),
      page('Indexing', 'indexing', 'CmdOrCtrl+3'),
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
    ],
  };
  return [
    ...(mac ? [ours] : []),
    library,
    { role: 'editMenu' },
    view,
    { role: 'windowMenu' },
    ...(mac ? [] : [{ role: 'help' as const, submenu: [{ role: 'about' as const }] }]),
  ];
}
