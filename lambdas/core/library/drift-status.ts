/** The scores from which a model counts as drifting. */
export type DriftThresholds = { warning: number; critical: number };

export const DRIFT_THRESHOLDS: DriftThresholds = { warning: 0.15, critical: 0.25 };

/** How bad a drift score is: above the threshold, not at it. */
export const toDriftStatus = (
  score: number,
  { warning, critical } = DRIFT_THRESHOLDS,
): 'ok' | 'warning' | 'critical' => {
  if (score > Math.max(warning, critical)) return 'critical';
  return score > warning ? 'warning' : 'ok';
};
