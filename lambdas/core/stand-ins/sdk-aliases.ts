/**
 * Parts of the SDK that a function never uses, and what is bundled in their place, seen from the root of the project:
 * for `alias` of esbuild. They are a third of a bundle and more than a quarter of its load time, and cannot be shaken off, because the
 * SDK's clients name them as defaults.
 */
export const SDK_ALIASES = {
  '@aws-sdk/credential-provider-node': './lambdas/core/stand-ins/credential-chain.ts',
  '@aws-sdk/token-providers': './lambdas/core/stand-ins/bearer-tokens.ts',
  'node:http2': './lambdas/core/stand-ins/http2.ts',
  'cls-hooked/context': './lambdas/core/stand-ins/cls-hooked.ts',
  semver: './lambdas/core/stand-ins/semver.ts',
} as const;
