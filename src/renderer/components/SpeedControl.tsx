// How much of the machine indexing may take.
import { useStore } from '../store/store.ts';
import { SegmentedControl } from './SegmentedControl.tsx';

const options = [
  { value: 'eco', label: 'Eco' },
  { value: 'balanced', label: 'Balanced' },
  { value: 'full', label: 'Full' },
] as const;

export function SpeedControl() {
  const speed = useStore((store) => store.settings.speed);
  const changeSettings = useStore((store) => store.changeSettings);
  const tellError = useStore((store) => store.tellError);
  return (
    <SegmentedControl
      label="Speed of indexing"
      options={options}
      value={speed}
      onChange={(next) => void changeSettings({ speed: next }).catch(tellError)}
    />
  );
}
