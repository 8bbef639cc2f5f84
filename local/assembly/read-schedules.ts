import * as v from 'valibot';
import { readExpression } from '../schedules/expression';
import type { Schedule } from '../schedules/schedule';
import type { Resources } from './resources';

const ignored = v.optional(v.unknown());

const rule = v.strictObject({
  ScheduleExpression: v.string('only rules with a schedule are run'),
  State: v.optional(v.picklist(['ENABLED', 'DISABLED']), 'ENABLED'),
  Targets: v.array(
    v.strictObject({ Arn: v.string(), Id: v.string(), Input: v.optional(v.string()), RetryPolicy: ignored }),
  ),
  Name: ignored,
  Description: ignored,
});

export const readSchedules = (resources: Resources): readonly Schedule[] =>
  resources.ofType('AWS::Events::Rule', rule).flatMap(({ logicalId, properties }) =>
    properties.Targets.filter(() => properties.State === 'ENABLED').map(({ Arn, Input }) => ({
      ruleArn: resources.attribute(logicalId, 'Arn'),
      functionName: Arn.slice(Arn.lastIndexOf(':') + 1),
      expression: readExpression(properties.ScheduleExpression),
      input: Input,
    })),
  );
