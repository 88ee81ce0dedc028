// The field: what is typed, and before it the picture or photo that is part of the query.
import { LoaderCircle, Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { IconButton } from '../../components/IconButton.tsx';
import { useStore } from '../../store/store.ts';
import { PictureChip } from './PictureChip.tsx';
import { usePicture } from './queryPicture.ts';
import { SimilarChip } from './SimilarChip.tsx';
import type { SearchPlace } from './searchPlace.ts';
import { restMs } from './typingPace.ts';
import { focusSearchField, searchFieldId } from './useSearchShortcut.ts';
import { useTypedWords } from './useTypedWords.ts';
import './SearchField.css';

interface SearchFieldProps {
  readonly place: SearchPlace;
  readonly busy: boolean;
  /** How long the last answer took; undefined before the first. */
  lastMs(): number | undefined;
  change(next: Partial<SearchPlace>): void;
  /** ↓: leaves the field for what was found. */
  onDown(): void;
}

export function SearchField({ place, busy, lastMs, change, onDown }: SearchFieldProps) {
  const { similarTo } = place;
  const go = useStore((store) => store.go);
  const picture = usePicture((store) => store.picture);
  const drop = usePicture((store) => store.drop);
  const { text, type, send } = useTypedWords(place.words, {
    onWords: (words) => change({ words }),
    busy,
    rest: () => restMs(lastMs(), busy),
  });
  const isEmpty = text === '' && similarTo === undefined && !picture;

  function clear(): void {
    drop();
    send('');
    if (similarTo !== undefined) change({ words: '', similarTo: undefined });
    focusSearchField();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') send(text);
    if (event.key !== 'Escape' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.key === 'ArrowDown') onDown();
    else if (isEmpty) go('library');
    else clear();
  }

  return (
    <search className="search-field">
      {busy ? (
        <LoaderCircle
          size={22}
          className="search-field-icon search-field-busy"
          aria-hidden="true"
        />
      ) : (
        <Search size={22} className="search-field-icon" aria-hidden="true" />
      )}
      {picture && <PictureChip name={picture.name} url={picture.url} onRemove={drop} />}
      {similarTo !== undefined && (
        <SimilarChip photo={similarTo} onRemove={() => change({ similarTo: undefined })} />
      )}
      <input
        id={searchFieldId}
        className="search-field-input"
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: this page is its field; whoever comes here wants to type
        autoFocus
        aria-label="What to look for"
        placeholder={isEmpty ? 'Describe a photo, or drop one here' : 'Add words'}
        maxLength={2000}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {!isEmpty && <IconButton icon={X} label="Clear the search" onClick={clear} />}
    </search>
  );
}
