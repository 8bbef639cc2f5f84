import { CustomDataIdentifier, DataIdentifier, DataProtectionPolicy } from 'aws-cdk-lib/aws-logs';

/**
 * What CloudWatch masks for everybody without `logs:Unmask`, should it ever get into a line: the functions themselves
 * write none of it, but for the addresses in the access log. Kinds that would mistake ordinary words or numbers of the
 * lines for what they look for (names, dates, postal codes) are left out.
 */
const IDENTIFIERS = [
  DataIdentifier.AWSSECRETKEY,
  DataIdentifier.CREDITCARDNUMBER,
  DataIdentifier.EMAILADDRESS,
  DataIdentifier.IPADDRESS,
  DataIdentifier.OPENSSHPRIVATEKEY,
  DataIdentifier.PGPPRIVATEKEY,
  DataIdentifier.PHONENUMBER_US,
  DataIdentifier.PKCSPRIVATEKEY,
  DataIdentifier.PUTTYPRIVATEKEY,
  DataIdentifier.SSN_US,
] as const;

/** By name and pattern, in the syntax that CloudWatch takes. */
const CUSTOM_IDENTIFIERS = [
  ['FluxgateKey', 'fg_[0-9A-Za-z]{8,}_[0-9A-Za-z]{16,}'],
  ['ProviderKey', 'sk-[A-Za-z0-9_-]{20,}'],
  ['AwsAccessKeyId', '(AKIA|ASIA)[0-9A-Z]{16}'],
  ['BearerToken', '[Bb]earer [A-Za-z0-9._=-]{16,}'],
  ['JsonWebToken', 'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}'],
] as const;

/** The second net under the functions' own redaction. Findings are counted in the metric `LogEventsWithFindings`. */
export const createLogProtection = (): DataProtectionPolicy =>
  new DataProtectionPolicy({
    name: 'fluxgate',
    description: 'Masks credentials and personal data.',
    identifiers: [...IDENTIFIERS, ...CUSTOM_IDENTIFIERS.map(([name, regex]) => new CustomDataIdentifier(name, regex))],
  });
