// A group of settings under a heading.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useStore } from '../../store/store.ts';
import './SettingsSection.css';

interface SettingsSectionProps {
  readonly title: string;
  /** A sentence on what this is about. */
  readonly about?: ReactNode;
  /** Where a link of another page leads (`#/settings?at=…`). */
  readonly name?: string;
  readonly children: ReactNode;
}

export function SettingsSection({ title, about, name, children }: SettingsSectionProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const isAsked = useStore(({ place }) => name !== undefined && place.parameters['at'] === name);
  useEffect(() => {
    if (!isAsked) return;
    heading.current?.scrollIntoView({ block: 'start' });
    heading.current?.focus({ preventScroll: true });
  }, [isAsked]);
  return (
    <section className="settings-section" aria-labelledby={id}>
      <header>
        <h2 id={id} ref={heading} tabIndex={name === undefined ? undefined : -1}>
          {title}
        </h2>
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
