import { chooseFormat } from '../../../../lambdas/exposition/text/choose-format';
import { OPENMETRICS, PROMETHEUS_TEXT } from '../../../../lambdas/exposition/text/text-format';

const PROMETHEUS_2 =
  'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const PROMETHEUS_3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,/;q=0.1';
const PROMETHEUS_WITH_HISTOGRAMS =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('the format of /metrics', () => {
  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['anything', '*/*'],
    ['a browser', BROWSER],
    ['text', 'text/plain'],
    ['text of its version', 'text/plain; version=0.0.4'],
    ['any text', 'text/*'],
    ['what there is not', 'application/json'],
    ['another version of OpenMetrics', 'application/openmetrics-text; version=2.0.0'],
    ['no OpenMetrics', 'application/openmetrics-text;q=0, */*;q=0.1'],
    ['text rather than OpenMetrics', 'application/openmetrics-text;q=0.4, text/plain;q=0.5'],
    ['both alike, text first', 'text/plain, application/openmetrics-text'],
    ['what nobody can read', ';;q=x,,='],
  ])('is text for a client that asks for %s', (_, accept) => {
    expect(chooseFormat(accept)).toBe(PROMETHEUS_TEXT);
  });

  it.each([
    ['as Prometheus 2 asks for it', PROMETHEUS_2],
    ['as Prometheus 3 asks for it', PROMETHEUS_3],
    ['after protobuf, which is not spoken', PROMETHEUS_WITH_HISTOGRAMS],
    ['without a version', 'application/openmetrics-text'],
    ['with a version in quotes', 'application/openmetrics-text; version="1.0.0"; charset=utf-8'],
    ['in capitals', 'Application/OpenMetrics-Text; Version=1.0.0'],
    ['rather than text', 'text/plain;q=0.3, application/openmetrics-text;q=0.5'],
    ['with a quality that cannot be read', 'application/openmetrics-text;q=high, text/plain;q=0.9'],
  ])('is OpenMetrics %s', (_, accept) => {
    expect(chooseFormat(accept)).toBe(OPENMETRICS);
  });
});
