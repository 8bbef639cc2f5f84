import type { Model } from '../../core/models/model';

/** A model as OpenAI's API prints it. `created` is the vendor's release day, in seconds. */
export type OpenAiModel = { id: string; object: 'model'; created: number; owned_by: string };

export const toOpenAiModel = ({ id, released, ownedBy }: Pick<Model, 'id' | 'released' | 'ownedBy'>): OpenAiModel => ({
  id,
  object: 'model',
  created: Math.floor(Date.parse(released) / 1000),
  owned_by: ownedBy,
});

/** The body of `GET /v1/models`. */
export const toModelList = (models: readonly Parameters<typeof toOpenAiModel>[0][]) => ({
  object: 'list',
  data: models.map(toOpenAiModel),
});
