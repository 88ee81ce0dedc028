// What the search is narrowed to: a chip each, with what there is to choose.
import type { ReactNode } from 'react';
import type { PhotoFilter } from '../../../shared/library.ts';
import { ChoiceList } from './ChoiceList.tsx';
import { DateChoices } from './DateChoices.tsx';
import { FilterChip } from './FilterChip.tsx';
import { nameOf } from './folderChoices.ts';
import { formatSpan } from './periods.ts';
import { useChoices } from './useChoices.ts';
import './FilterBar.css';

interface FilterBarProps {
  readonly filter: PhotoFilter;
  onChange(filter: PhotoFilter): void;
  /** At the end of the line. */
  readonly children?: ReactNode;
}

export function FilterBar({ filter, onChange, children }: FilterBarProps) {
  const { folders, years, cameras, formats } = useChoices();
  const { folder, from, to, camera, format } = filter;
  /** The filter with other values; without those that are undefined. */
  const set = (patch: { [Name in keyof PhotoFilter]?: string | undefined }) => {
    const entries = Object.entries({ ...filter, ...patch });
    onChange(Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
  };

  return (
    <div className="filter-bar">
      <FilterChip
        name="Folder"
        value={folder && nameOf(folder)}
        onRemove={() => set({ folder: undefined })}
      >
        {(close) => (
          <ChoiceList
            choices={folders}
            chosen={folder}
            onChoose={(value) => {
              set({ folder: value });
              close();
            }}
          />
        )}
      </FilterChip>
      <FilterChip
        name="Date"
        value={formatSpan(from, to)}
        onRemove={() => set({ from: undefined, to: undefined })}
      >
        {(close) => <DateChoices years={years} from={from} to={to} onChange={set} onDone={close} />}
      </FilterChip>
      <FilterChip name="Camera" value={camera} onRemove={() => set({ camera: undefined })}>
        {(close) => (
          <ChoiceList
            choices={cameras}
            chosen={camera}
            onChoose={(value) => {
              set({ camera: value });
              close();
            }}
          />
        )}
      </FilterChip>
      <FilterChip
        name="Kind"
        value={format?.toUpperCase()}
        onRemove={() => set({ format: undefined })}
      >
        {(close) => (
          <ChoiceList
            choices={formats}
            chosen={format}
            onChoose={(value) => {
              set({ format: value });
              close();
            }}
          />
        )}
      </FilterChip>
      {children}
    </div>
  );
}
