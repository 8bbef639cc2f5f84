import { App, type AppProps } from 'aws-cdk-lib';
import { FluxgateStack } from './fluxgate-stack';
import { readSettings } from './read-settings';
import { SettingsError } from './settings-error';
import { isStage, STAGES } from './stages';

const SETTINGS_OF_STAGE = 'fluxgate:';

/**
 * The app with the stack of one stage, as the context says: `stage` (default dev), `fluxgate:<stage>` and `settings`
 * (settings that differ from the stage's own, the second winning). Throws a `SettingsError` for what it cannot honour.
 */
export const createApp = ({ region, ...props }: AppProps & { region: string }): App => {
  const app = new App(props);
  const stage: unknown = app.node.tryGetContext('stage') ?? 'dev';
  const named = [stage, ...stagesWithSettings(app)];
  const unknown = named.find((name) => !isStage(name));
  if (unknown !== undefined || !isStage(stage)) {
    throw new SettingsError(`There is no stage ${unknown}. There are ${Object.keys(STAGES).join(', ')}.`);
  }
  const { node } = app;
  const settings = readSettings(stage, node.tryGetContext(SETTINGS_OF_STAGE + stage), node.tryGetContext('settings'));
  new FluxgateStack(app, `Fluxgate-${stage}`, { stage, settings, env: { region } });
  return app;
};

const stagesWithSettings = (app: App): string[] =>
  Object.keys(app.node.getAllContext())
    .filter((key) => key.startsWith(SETTINGS_OF_STAGE))
    .map((key) => key.slice(SETTINGS_OF_STAGE.length));
