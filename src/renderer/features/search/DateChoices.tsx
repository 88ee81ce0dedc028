// When photos were taken: a year with one click, or from a month to another.
import { formatMonth } from '../../components/format.ts';
import { type Choice, ChoiceList } from './ChoiceList.tsx';
import './DateChoices.css';

interface DateChoicesProps {
  readonly years: readonly Choice[];
  readonly from: string | undefined;
  readonly to: string | undefined;
  onChange(span: { from: string | undefined; to: string | undefined }): void;
  onDone(): void;
}

export function DateChoices({ years, from, to, onChange, onDone }: DateChoicesProps) {
  const values = years.map(({ value }) => value);
  return (
    <>
      <div className="date-choices-years">
        <ChoiceList
          choices={years}
          chosen={from === to ? from : undefined}
          onChoose={(year) => {
            onChange({ from: year, to: year });
            onDone();
          }}
        />
      </div>
      {years.length > 0 && (
        <div className="date-choices-span">
          <Month
            label="From"
            years={values}
            value={from}
            onChange={(next) =>
              onChange({ from: next, to: to && next && to < next ? undefined : to })
            }
          />
          <Month
            label="To"
            years={values}
            value={to}
            onChange={(next) =>
              onChange({ from: from && next && next < from ? undefined : from, to: next })
            }
          />
        </div>
      )}
    </>
  );
}

interface MonthProps {
  readonly label: string;
  readonly years: readonly string[];
  /** A day from an address is shown as its month. */
  readonly value: string | undefined;
  onChange(value: string | undefined): void;
}

const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));

function Month({ label, years, value = '', onChange }: MonthProps) {
  const [year = '', month = ''] = value.split('-');
  return (
    <fieldset className="date-choices-month">
      <legend>{label}</legend>
      <select
        aria-label={`${label}: year`}
        value={year}
        onChange={({ target }) =>
          onChange(
            target.value === '' ? undefined : [target.value, month].filter(Boolean).join('-'),
          )
        }
      >
        <option value="">any</option>
        {years.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <select
        aria-label={`${label}: month`}
        value={month}
        disabled={year === ''}
        onChange={({ target }) => onChange([year, target.value].filter(Boolean).join('-'))}
      >
        <option value="">whole year</option>
        {months.map((option) => (
          <option key={option} value={option}>
            {formatMonth(`2000-${option}`).replace(' 2000', '')}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
