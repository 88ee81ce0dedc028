// The application menu: what the window can do, with its keys, and the system's own items.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { HostEventPayload } from '../shared/host.ts';

export interface MenuActions {
  /** Opens the window where it is closed. */
  show(what: HostEventPayload<'show'>['what']): void;
  indexNow(): void;
  pauseOrResume(): void;
}

export function setMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(actions, process.platform === 'darwin')));
}

function template(actions: MenuActions, mac: boolean): MenuItemConstructorOptions[] {
  const show = (
    label: string,
    what: HostEventPayload<'show'>['what'],
    accelerator: string,
  ): MenuItemConstructorOptions => ({ label, accelerator, click: () => actions.show(what) });
  const settings = show('Settings…', 'settings', 'CmdOrCtrl+,');
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
      show('Add Folders…', 'addFolders', 'CmdOrCtrl+O'),
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
      show('Photos', 'library', 'CmdOrCtrl+1'),
      show('Indexing', 'indexing', 'CmdOrCtrl+2'),
      show('Search', 'searchField', 'CmdOrCtrl+F'),
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
