// A group of settings under a heading.
import { type ReactNode, useId } from 'react';
import './SettingsSection.css';

interface SettingsSectionProps {
  readonly title: string;
  /** A sentence on what this is about. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

export function SettingsSection({ title, about, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section className="settings-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {about && <p className="quiet">{about}</p>}
      </header>
      <div className="settings-section-box">{children}</div>
    </section>
  );
}

/** A line of a group. */
export function SettingsRow({ children }: { readonly children: ReactNode }) {
  return <div className="settings-row">{children}</div>;
}
