// What is left out of the library, by patterns as in .gitignore.
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../store/store.ts';
import { ExclusionRow } from './ExclusionRow.tsx';
import { Matches } from './Matches.tsx';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';
import './Exclusions.css';

const most = 200;

export function Exclusions() {
  const exclusions = useStore((store) => store.settings.exclusions);
  const changeSettings = useStore((store) => store.changeSettings);
  const tell = useStore((store) => store.tell);
  const tellError = useStore((store) => store.tellError);
  const [text, setText] = useState('');
  const pattern = text.trim();
  const isNew = pattern !== '' && !exclusions.includes(pattern) && exclusions.length < most;

  const change = (next: string[]) => changeSettings({ exclusions: next }).catch(tellError);
  function add(event: FormEvent): void {
    event.preventDefault();
    if (!isNew) return;
    setText('');
    void change([...exclusions, pattern]);
  }
  function remove(gone: string): void {
    void change(exclusions.filter((other) => other !== gone));
    tell({
      text: `“${gone}” is not left out any more.`,
      undo: () => void change([...useStore.getState().settings.exclusions, gone]),
    });
  }

  return (
    <SettingsSection
      title="Left out"
      about={
        <>
          Patterns as in <code>.gitignore</code>: <code>Screenshots/</code> leaves out folders of
          that name, <code>*.gif</code> files that end so, <code>!keep.gif</code> takes one back.
        </>
      }
    >
      {exclusions.length > 0 && (
        <ul>
          {exclusions.map((exclusion) => (
            <li key={exclusion}>
              <ExclusionRow pattern={exclusion} onRemove={() => remove(exclusion)} />
            </li>
          ))}
        </ul>
      )}
      <SettingsRow>
        <form className="exclusions-form" onSubmit={add}>
          <input
            className="text-field exclusions-field"
            aria-label="Pattern to leave out"
            placeholder="Screenshots/"
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" disabled={!isNew}>
            Leave out
          </Button>
        </form>
        <p className="settings-more quiet exclusions-matches" role="status">
          {pattern === '' ? (
            'Nothing that is in the library is lost: remove the pattern and it comes back.'
          ) : (
            <Matches pattern={pattern} />
          )}
        </p>
      </SettingsRow>
    </SettingsSection>
  );
}
