import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { NodeFunction } from './node-function';

/** A run that is missed is not made up for: the next one does the same work. */
export const onlyOnce = (minutes: number) => ({ retryAttempts: 0, maxEventAge: Duration.minutes(minutes) });

/** Invokes a function every so many minutes. */
export const runEveryMinutes = (scope: Construct, minutes: number, target: NodeFunction): Rule =>
  new Rule(scope, 'Schedule', {
    schedule: Schedule.rate(Duration.minutes(minutes)),
    targets: [new LambdaFunction(target, onlyOnce(minutes))],
  });
