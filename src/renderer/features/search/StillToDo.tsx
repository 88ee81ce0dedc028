// That not every photo can be found yet: the model in use has not looked at all of them.
import { formatCount } from '../../../shared/format.ts';
import { useStore } from '../../store/store.ts';

export function StillToDo() {
  const status = useStore((store) => store.status);
  if (!status || status.pending === 0) return null;
  const { pending, indexed, modelName } = status;
  return (
    <p className="quiet number">
      {formatCount(pending)} of {formatCount(indexed + pending)} photos{' '}
      {pending === 1 ? 'is' : 'are'} not yet understood by {modelName}; until then, their names are
      searched.
    </p>
  );
}
