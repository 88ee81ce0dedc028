// What there is to narrow to, as the library is when the page is opened.
import { useEffect, useMemo, useState } from 'react';
import type { Facets, Folder } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import type { Choice } from './ChoiceList.tsx';
import { type FolderChoice, folderChoices } from './folderChoices.ts';

interface Choices {
  readonly folders: readonly Choice[];
  readonly years: readonly Choice[];
  readonly cameras: readonly Choice[];
  readonly formats: readonly Choice[];
}

export function useChoices(): Choices {
  const [facets, setFacets] = useState<Facets>({ cameras: [], formats: [], years: [] });
  const [folders, setFolders] = useState<readonly Folder[]>([]);
  const tellError = useStore((store) => store.tellError);
  // While photos are indexed the library changes all the time; counts may be as old as the run.
  const isRunning = useStore((store) => store.progress !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a run asks again
  useEffect(() => {
    bridge.call('facets', {}).then(setFacets, tellError);
    bridge.call('folders', {}).then(setFolders, tellError);
  }, [isRunning, tellError]);
  // Once for what was answered, not for each key: there may be thousands of folders.
  return useMemo(
    () => ({ folders: folderChoices(folders).map(fromFolder), ...fromFacets(facets) }),
    [folders, facets],
  );
}

function fromFolder({ path, name, depth, photos }: FolderChoice): Choice {
  return { value: path, label: name, depth, photos };
}

function fromFacets({ years, cameras, formats }: Facets): Omit<Choices, 'folders'> {
  return {
    years: years.map(toChoice),
    cameras: cameras.map(toChoice),
    formats: formats.map(({ value, photos }) => ({ value, label: value.toUpperCase(), photos })),
  };
}

function toChoice({ value, photos }: { value: string; photos: number }): Choice {
  return { value, label: value, photos };
}
