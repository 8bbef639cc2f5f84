import { createResources, type Resources } from '../../../local/assembly/resources';
import { readTemplate } from '../../../local/assembly/template';

export const PLACE = { stackName: 'Stack', region: 'eu-west-1', accountId: '123456789012' };

/** The resources of a template given as `{ LogicalId: { Type, Properties } }`. */
export const resourcesOf = (
  resources: Record<string, { Type: string; Properties?: object; Condition?: string }>,
  sections: object = {},
): Resources => createResources(readTemplate({ Resources: resources, ...sections }), PLACE);
