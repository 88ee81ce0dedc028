// How the library is kept up to date.

import { bridge } from '../../bridge/bridge.ts';
import { SpeedControl } from '../../components/SpeedControl.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useStore } from '../../store/store.ts';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';
import { TuningRow } from './TuningRow.tsx';

export function IndexingSettings() {
  const watch = useStore((store) => store.settings.watch);
  const easyOnBattery = useStore((store) => store.settings.easyOnBattery);
  const openAtLogin = useStore((store) => store.settings.openAtLogin);
  const changeSettings = useStore((store) => store.changeSettings);
  const tellError = useStore((store) => store.tellError);
  return (
    <SettingsSection title="Keeping up to date">
      <SettingsRow>
        <Switch
          label="Watch the folders"
          checked={watch}
          onChange={(next) => void changeSettings({ watch: next }).catch(tellError)}
        >
          Photos that come, change or go are taken up while Ocelli is open.
        </Switch>
      </SettingsRow>
      <SettingsRow>
        <div className="settings-line">
          <div className="settings-line-text">
            <span>Speed</span>
            <span className="settings-more quiet">
              Eco takes one core, Balanced lets other programs go first
              {bridge.host && ', most of all while somebody is at the keyboard'}, Full takes all it
              can get. A change holds at once.
            </span>
          </div>
          <SpeedControl />
        </div>
      </SettingsRow>
      <TuningRow />
      {bridge.host && (
        <SettingsRow>
          <Switch
            label="On battery, go easy"
            checked={easyOnBattery}
            onChange={(next) => void changeSettings({ easyOnBattery: next }).catch(tellError)}
          >
            While this machine runs on its battery, indexing goes one step slower than is set.
          </Switch>
        </SettingsRow>
      )}
      {bridge.host && (
        <SettingsRow>
          <Switch
            label="Open at login"
            checked={openAtLogin}
            onChange={(next) => void changeSettings({ openAtLogin: next }).catch(tellError)}
          >
            Ocelli starts with this machine and keeps the library up to date.
          </Switch>
        </SettingsRow>
      )}
    </SettingsSection>
  );
}
