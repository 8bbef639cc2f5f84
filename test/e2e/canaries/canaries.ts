import { body, SECRETS } from '../../lambdas/core/telemetry/redaction/corpus';

/** One secret of each kind that is recognised by default, none of which stands anywhere else. */
export const CANARIES: readonly string[] = [
  ...Object.entries(SECRETS).flatMap(([kind, [first = '']]) => (kind === 'ip_address' ? [] : [first])),
  `password=hunter2canary`,
  `AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`,
  `sk-proj-canary-${body(40)}`,
];

const SECRET_BESIDE = 'AKIAIOSFODNN7EXAMPLE ';

/** What must appear nowhere: of a scheme or an assignment, the part that is secret; as JSON spells it. */
export const HIDDEN: readonly string[] = CANARIES.map((canary) =>
  JSON.stringify(canary.replace(/^(Bearer |Basic |password=)/, '').replace(SECRET_BESIDE, ''))
    .slice(1, -1)
    .slice(0, 60),
);
