// What people have set, kept with the library that it is about.
import { z } from 'zod';
import { type Comparison, comparisonSchema } from '../../shared/agreement.ts';
import { type Precision, precisions } from '../../shared/model.ts';
import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings.ts';
import { type Tuning, tuningSchema } from '../../shared/tuning.ts';
import type { Database } from './database.ts';

/**
 * What lies in the row: the settings, the model that was chosen and the precisions of models (changed
 * by useModel alone), and what was measured of the machine and of models. A measurement that cannot be
 * read is made again, and costs no setting.
 */
const storedSchema = settingsSchema
  .extend({
    model: z.string(),
    /** By model. */
    precisions: z.record(z.string(), z.enum(precisions)).catch({}),
    tunings: z.array(tuningSchema).catch([]),
    comparisons: z.array(comparisonSchema).catch([]),
  })
  .partial();

/** Of other models and other machines: the library may lie on a disk that travels. */
const mostKept = 10;

export class SettingsStore {
  private readonly statements;

  constructor(database: Database) {
    this.statements = {
      read: database.prepare<[], { value: string }>('SELECT value FROM settings'),
      write: database.prepare<[string]>(
        `INSERT INTO settings (id, value) VALUES (1, ?)
         ON CONFLICT (id) DO UPDATE SET value = excluded.value`,
      ),
    };
  }

  /** Defaults for what was never set, or cannot be read any more. */
  read(): Settings {
    const {
      model: _model,
      precisions: _precisions,
      tunings: _tunings,
      comparisons: _comparisons,
      ...settings
    } = this.stored();
    return { ...defaultSettings, ...settings };
  }

  change(patch: Partial<Settings>): Settings {
    this.store(patch);
    return this.read();
  }

  /** The id of the model to begin with; undefined for the starter. */
  chosenModel(): string | undefined {
    return this.stored().model;
  }

  chooseModel(id: string | undefined): void {
    this.store({ model: id });
  }

  /** Undefined where none was chosen: then a model runs in what it runs in by itself. */
  chosenPrecision(model: string): Precision | undefined {
    return this.stored().precisions?.[model];
  }

  choosePrecision(model: string, precision: Precision | undefined): void {
    const { [model]: _before, ...others } = this.stored().precisions ?? {};
    this.store({ precisions: precision ? { ...others, [model]: precision } : others });
  }

  /** The last one first. */
  tunings(): readonly Tuning[] {
    return this.stored().tunings ?? [];
  }

  keepTuning(tuning: Tuning): void {
    this.store({ tunings: withNewest(this.tunings(), tuning) });
  }

  /** Of precisions of a model. The last one first. */
  comparisons(): readonly Comparison[] {
    return this.stored().comparisons ?? [];
  }

  keepComparison(comparison: Comparison): void {
    this.store({ comparisons: withNewest(this.comparisons(), comparison) });
  }

  private store(patch: Partial<z.infer<typeof storedSchema>>): void {
    this.statements.write.run(JSON.stringify({ ...this.stored(), ...patch }));
  }

  private stored() {
    const row = this.statements.read.get();
    const stored = storedSchema.safeParse(row ? JSON.parse(row.value) : {});
    return stored.success ? defined(stored.data) : {};
  }
}

/** Instead of what was kept under the same key. */
function withNewest<T extends { key: string }>(kept: readonly T[], newest: T): T[] {
  return [newest, ...kept.filter(({ key }) => key !== newest.key)].slice(0, mostKept);
}

/** Without the fields that are there and hold nothing. */
export function defined<T extends object>(
  fields: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;
}
