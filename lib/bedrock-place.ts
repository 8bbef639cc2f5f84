import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { geographiesOf, type Place } from '../lambdas/core/models/routes';
import type { Settings } from './settings';

/** Where the gateway calls Bedrock: as the settings say, else in the stack's Region through its nearest profiles. */
export const bedrockPlace = (scope: Construct, settings: Settings): Place => {
  const region = settings.bedrockRegion ?? Stack.of(scope).region;
  if (Token.isUnresolved(region)) {
    throw new Error('bedrockRegion: must be set for a stack without a Region, because roles name the models there.');
  }
  return { region, profile: settings.bedrockProfile ?? geographiesOf(region)[0] ?? 'global' };
};
