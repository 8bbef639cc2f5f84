import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { LOG_QUERIES } from '../../dashboards/log-queries';
import type { LogQuery } from '../../dashboards/log-query';
import type { Stage } from '../../lib/stages';
import { synthesise } from './synthesise';

const DEFINITION = 'AWS::Logs::QueryDefinition';
const queries: readonly LogQuery[] = LOG_QUERIES;

const definition = v.object({
  Properties: v.looseObject({ Name: v.string(), LogGroupNames: v.array(v.object({ Ref: v.string() })) }),
});

/** A function, its log group, and what it is for. */
const logging = v.object({
  Properties: v.object({
    Description: v.string(),
    LoggingConfig: v.object({ LogGroup: v.object({ Ref: v.string() }) }),
  }),
});

/** How the description of each function begins. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  gateway: 'Answers the model routes',
  sweeper: 'Finishes requests whose process died',
  exposition: 'Answers GET /metrics',
  telemetry: 'Answers POST /v1/telemetry',
  management: 'Creates, lists',
};

const definitionsIn = (template: Template) =>
  Object.values(template.findResources(DEFINITION)).map((resource) => v.parse(definition, resource).Properties);

const STAGES: readonly Stage[] = ['dev', 'prod'];

describe.each(STAGES)('the saved queries of %s', (stage) => {
  let template: Template;
  beforeAll(() => {
    template = synthesise({ stage });
  });

  it.each(queries)(
    'have $folder/$title with its text and what is to be filled in',
    ({ folder, title, text, parameters }) => {
      template.hasResourceProperties(DEFINITION, {
        Name: `Fluxgate-${stage}/${folder}/${title}`,
        QueryString: text,
        Parameters: parameters
          ? parameters.map(({ name, description }) => ({ Name: name, Description: description }))
          : Match.absent(),
      });
    },
  );

  it('are those of the table and no others', () => {
    const names = definitionsIn(template).map(({ Name }) => Name);

    expect(names.sort()).toEqual(queries.map(({ folder, title }) => `Fluxgate-${stage}/${folder}/${title}`).sort());
  });

  it('run over log groups of functions in the same stack', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    const logGroups = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const named = definitionsIn(template).flatMap(({ LogGroupNames }) => LogGroupNames.map(({ Ref }) => Ref));

    expect([...new Set(named)].filter((id) => !logGroups.includes(id))).toEqual([]);
    expect(new Set(named).size).toBe(functions.length);
  });

  it.each(queries)('run over the log groups of the functions that they name: $title', ({ folder, title, over }) => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function')).map((each) =>
      v.parse(logging, each),
    );
    const groupsOf = (name: string) =>
      functions
        .filter(({ Properties }) => over === 'all' || Properties.Description.startsWith(DESCRIPTIONS[name] ?? name))
        .map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
    const own = definitionsIn(template).find(({ Name }) => Name === `Fluxgate-${stage}/${folder}/${title}`);

    expect(own?.LogGroupNames.map(({ Ref }) => Ref).sort()).toEqual(
      (over === 'all' ? groupsOf('all') : over.flatMap(groupsOf)).sort(),
    );
  });
});
