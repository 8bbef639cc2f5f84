import { runLocal } from '../local/run-local';

// The SDK's versions are pinned to ones that support every Node that Fluxgate does.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

void runLocal({ args: process.argv.slice(2), shell: process.env });
