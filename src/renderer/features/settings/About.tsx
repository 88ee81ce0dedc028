// What this is.
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';

export function About() {
  const [about, setAbout] = useState<CallOutput<'about'>>();
  const tellError = useStore((store) => store.tellError);
  useEffect(() => {
    bridge.call('about', {}).then(setAbout, tellError);
  }, [tellError]);
  return (
    <footer className="settings-more quiet">
      Ocelli {about?.version}. Everything happens on this machine; nothing is sent anywhere.
    </footer>
  );
}
