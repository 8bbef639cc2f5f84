import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { createApp } from '../../lib/create-app';
import type { Stage } from '../../lib/stages';

export type Deployment = { stage?: Stage; settings?: Record<string, unknown>; region?: string };

/** Neither are functions built, nor does the CDK validate: both take most of a synthesis, and have tests of their own. */
const TEMPLATE_ONLY = { 'aws:cdk:bundling-stacks': [] };

/** Calls `use` with the app of one deployment, whose assembly is gone afterwards. */
export const withApp = <T>(
  { stage = 'dev', settings = {}, region = 'us-east-1' }: Deployment,
  use: (app: App) => T,
): T => {
  const outdir = mkdtempSync(join(tmpdir(), 'fluxgate-synth-'));
  try {
    return use(
      createApp({
        region,
        outdir,
        builtinCloudFormationValidation: false,
        context: { ...context, ...TEMPLATE_ONLY, stage, settings },
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

/** The template of one deployment. */
export const synthesise = (deployment: Deployment = {}): Template =>
  withApp(deployment, (app) => {
    const [stack] = app.node.children.filter(Stack.isStack);
    if (!stack) throw new Error('The app has no stack.');
    return Template.fromStack(stack);
  });
