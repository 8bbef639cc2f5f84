import { readSettings } from './read-settings';
import type { Settings } from './settings';
import { SettingsError } from './settings-error';
import { isStage, STAGES, type Stage } from './stages';

const SETTINGS_OF_STAGE = 'fluxgate:';

/**
 * Which stage to build, and how, from the CDK context: `stage` (default dev), `fluxgate:<stage>` and `settings`
 * (settings that differ from the stage's own, the second winning). Throws a `SettingsError` for what it cannot honour.
 */
export const readDeployment = (context: Readonly<Record<string, unknown>>): { stage: Stage; settings: Settings } => {
  const stage = context.stage ?? 'dev';
  const stagesWithSettings = Object.keys(context)
    .filter((key) => key.startsWith(SETTINGS_OF_STAGE))
    .map((key) => key.slice(SETTINGS_OF_STAGE.length));
  if (!isStage(stage)) throw noSuchStage(stage);
  for (const name of stagesWithSettings) if (!isStage(name)) throw noSuchStage(name);
  return { stage, settings: readSettings(stage, context[SETTINGS_OF_STAGE + stage], context.settings) };
};

const noSuchStage = (name: unknown): SettingsError =>
  new SettingsError(`There is no stage ${name}. There are ${Object.keys(STAGES).join(', ')}.`);
