// What people can set, and what Ocelli says of itself.
import { About } from './About.tsx';
import { Appearance } from './Appearance.tsx';
import { Exclusions } from './Exclusions.tsx';
import { Folders } from './Folders.tsx';
import { IndexingSettings } from './IndexingSettings.tsx';
import { Models } from './Models.tsx';
import { RemoveEverything } from './RemoveEverything.tsx';
import { StorageSection } from './StorageSection.tsx';
import './SettingsPage.css';

export function SettingsPage() {
  return (
    <div className="settings-page">
      <div className="settings-page-content">
        <h1>Settings</h1>
        <Folders />
        <Exclusions />
        <IndexingSettings />
        <Models />
        <Appearance />
        <StorageSection />
        <RemoveEverything />
        <About />
      </div>
    </div>
  );
}
