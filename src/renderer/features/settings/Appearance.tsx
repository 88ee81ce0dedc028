// How the window looks.
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useStore } from '../../store/store.ts';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function Appearance() {
  const theme = useStore((store) => store.settings.theme);
  const changeSettings = useStore((store) => store.changeSettings);
  const tellError = useStore((store) => store.tellError);
  return (
    <SettingsSection title="Appearance">
      <SettingsRow>
        <div className="settings-line">
          <span>Theme</span>
          <SegmentedControl
            label="Theme"
            options={themes}
            value={theme}
            onChange={(next) => void changeSettings({ theme: next }).catch(tellError)}
          />
        </div>
      </SettingsRow>
    </SettingsSection>
  );
}
