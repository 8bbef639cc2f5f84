import { join } from 'node:path';
import { runCli } from './cli/run-cli';

// The SDK's versions are pinned to ones that support every Node that Fluxgate does.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

runCli(process.argv.slice(2), {
  out: (text) => console.log(text),
  error: (text) => console.error(text),
  localFile: join(__dirname, '..', '.fluxgate', 'local.json'),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
