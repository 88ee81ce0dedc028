// What people have set, kept with the library that it is about.
import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings.ts';
import type { Database } from './database.ts';

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
    const row = this.statements.read.get();
    if (!row) return defaultSettings;
    const stored = settingsSchema.partial().safeParse(JSON.parse(row.value));
    return { ...defaultSettings, ...(stored.success ? defined(stored.data) : {}) };
  }

  change(patch: Partial<Settings>): Settings {
    const settings = { ...this.read(), ...patch };
    this.statements.write.run(JSON.stringify(settings));
    return settings;
  }
}

/** Without the fields that are there and hold nothing. */
export function defined<T extends object>(
  fields: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;
}
