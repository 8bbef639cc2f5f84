import { execFileSync } from 'node:child_process';
import type { ConsumptionReport } from '../consumption/measure';
import type { ModuleLoad } from '../measure/module-load';
import type { Speed } from '../measure/speed';
import type { Streaming } from '../measure/streaming';
import type { Bundles } from '../measure/targets';
import type { TelemetryCost } from '../telemetry/measure';
import { consumptionTable, costTable, priceTable } from './consumption-tables';
import { describeMachine } from './machine';
import { moduleLoadTable, speedTable, streamingTable } from './speed-tables';
import { telemetryTable } from './telemetry-table';

export type Measured = {
  /** The Node binary that ran the targets. */
  node: string;
  bundles: Bundles;
  loads: readonly ModuleLoad[];
  speeds: readonly Speed[];
  streams: readonly Streaming[];
  telemetry: readonly TelemetryCost[];
  consumption: ConsumptionReport;
};

/** Everything that was measured, as Markdown. */
export const toReport = ({ node, bundles, loads, speeds, streams, telemetry, consumption }: Measured): string => {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  return [
    `${describeMachine(version)} Made by \`npm run bench\`.`,
    '### Bundle and module load',
    moduleLoadTable(loads, bundles),
    '### A buffered answer',
    speedTable(speeds),
    '### A streamed answer, 20 events 3 ms apart',
    streamingTable(streams),
    '### What telemetry takes',
    telemetryTable(telemetry),
    '### What a request consumes',
    consumptionTable(consumption),
    '### What a million requests cost, without the model',
    costTable(consumption),
    priceTable(),
  ].join('\n\n');
};
