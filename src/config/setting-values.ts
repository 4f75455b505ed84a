import { readSetting, type Setting } from './setting.js';
import { SETTINGS, type SettingValues } from './settings.js';

/** What the variables say, each by itself. Throws `ConfigurationError`. */
export function settingValues(environment: NodeJS.ProcessEnv): SettingValues {
  const settings: [string, Setting<unknown>][] = Object.entries(SETTINGS);
  const textOf = (name: string, { lowerCase = name }: Setting<unknown>): string | undefined =>
    environment[lowerCase] ?? environment[name];
  const values = settings.map(([name, described]) => [name, readSetting(name, described, textOf(name, described))]);
  // Each value comes from the parser of its own setting, which is what the type says.
  return Object.fromEntries(values) as SettingValues;
}
