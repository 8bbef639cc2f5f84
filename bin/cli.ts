import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createPaint } from '../local/terminal/paint';
import { runCli } from './cli/run-cli';

// The SDK's versions are pinned to ones that support every Node that Fluxgate does.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

runCli(process.argv.slice(2), {
  out: (text) => console.log(text),
  error: (text) => console.error(text),
  localFile: join(__dirname, '..', '.fluxgate', 'local.json'),
  // https://no-color.org: any value but an empty one switches colours off.
  paint: createPaint(process.stdout.isTTY === true && !process.env.NO_COLOR),
  now: Date.now,
  wait: (milliseconds) => setTimeout(milliseconds),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
