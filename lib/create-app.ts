import { App, type AppProps } from 'aws-cdk-lib';
import { FluxgateStack } from './fluxgate-stack';
import { readDeployment } from './read-deployment';

/** The app with the stack of the stage that its context names. Throws a `SettingsError` for what it cannot honour. */
export const createApp = ({ region, ...props }: AppProps & { region: string }): App => {
  const app = new App(props);
  const { stage, settings } = readDeployment(app.node.getAllContext());
  new FluxgateStack(app, `Fluxgate-${stage}`, { stage, settings, env: { region } });
  return app;
};
