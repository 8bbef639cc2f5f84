import { Stack, Token } from 'aws-cdk-lib';
import { type ILayerVersion, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { SettingsError } from './settings-error';

const LAYER = 'AWSOpenTelemetryDistroJs';

/** Who publishes the layer, by Region, and its version there: as the project's own list had them on 2026-11-21. */
const PUBLISHED: Readonly<Record<string, readonly [account: string, version: number]>> = {
  'af-south-1': ['904233096616', 13],
  'ap-east-1': ['888577020596', 13],
  'ap-northeast-1': ['615299751070', 13],
  'ap-northeast-2': ['615299751070', 13],
  'ap-northeast-3': ['615299751070', 13],
  'ap-south-1': ['615299751070', 13],
  'ap-south-2': ['796973505492', 13],
  'ap-southeast-1': ['615299751070', 13],
  'ap-southeast-2': ['615299751070', 13],
  'ap-southeast-3': ['039612877180', 13],
  'ap-southeast-4': ['713881805771', 13],
  'ap-southeast-5': ['152034782359', 6],
  'ap-southeast-7': ['980416031188', 6],
  'ca-central-1': ['615299751070', 13],
  'ca-west-1': ['595944127152', 6],
  'eu-central-1': ['615299751070', 13],
  'eu-central-2': ['156041407956', 13],
  'eu-north-1': ['615299751070', 13],
  'eu-south-1': ['257394471194', 13],
  'eu-south-2': ['490004653786', 13],
  'eu-west-1': ['615299751070', 13],
  'eu-west-2': ['615299751070', 13],
  'eu-west-3': ['615299751070', 13],
  'il-central-1': ['746669239226', 13],
  'me-central-1': ['739275441131', 13],
  'me-south-1': ['980921751758', 12],
  'mx-central-1': ['610118373846', 6],
  'sa-east-1': ['615299751070', 13],
  'us-east-1': ['615299751070', 13],
  'us-east-2': ['615299751070', 13],
  'us-west-1': ['615299751070', 13],
  'us-west-2': ['615299751070', 13],
};

/** The ARN of the ADOT layer for Node.js in `region`; undefined where none is known. */
export const adotLayerArn = (region: string): string | undefined => {
  const [account, version] = PUBLISHED[region] ?? [];
  return account === undefined ? undefined : `arn:aws:lambda:${region}:${account}:layer:${LAYER}:${version}`;
};

/** The layer that `arn` names, else the one that AWS publishes for the stack's Region. Throws a `SettingsError` without either. */
export const adotLayer = (scope: Construct, arn: string | undefined): ILayerVersion => {
  const { region } = Stack.of(scope);
  const found = arn ?? (Token.isUnresolved(region) ? undefined : adotLayerArn(region));
  if (found === undefined) {
    throw new SettingsError(
      `No ADOT layer is known for ${Token.isUnresolved(region) ? 'a stack without a Region' : region}. Name one with the setting adotLayerArn.`,
    );
  }
  return LayerVersion.fromLayerVersionArn(scope, 'AdotLayer', found);
};
