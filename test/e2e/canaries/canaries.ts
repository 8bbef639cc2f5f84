import { body, SECRETS } from '../../lambdas/core/telemetry/redaction/corpus';

/** One secret of each kind that is recognised by default, none of which stands anywhere else. */
export const CANARIES: readonly string[] = [
  ...Object.entries(SECRETS).flatMap(([kind, [first = '']]) => (kind === 'ip_address' ? [] : [first])),
  `password=hunter2canary`,
  `AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`,
  `sk-proj-canary-${body(40)}`,
];

const SECRET_BESIDE = 'AKIAIOSFODNN7EXAMPLE ';

const secretOf = (canary: string): string =>
  canary.replace(/^(Bearer |Basic |password=)/, '').replace(SECRET_BESIDE, '');

/** As JSON spells it, and as a URL does. */
const spellingsOf = (secret: string): string[] => [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];

/** What must appear nowhere: of a scheme or an assignment, the part that is secret. */
export const HIDDEN: readonly string[] = [
  ...new Set(CANARIES.flatMap((canary) => spellingsOf(secretOf(canary))).map((spelling) => spelling.slice(0, 60))),
];
