/** There is no Prometheus on this computer that could be started. */
export class PrometheusMissing extends Error {
  override readonly name = 'PrometheusMissing';

  constructor(options?: ErrorOptions) {
    super(
      'There is no program "prometheus" on the PATH. Install it (Debian and Ubuntu: apt-get install prometheus; macOS: brew install prometheus; ' +
        'others: https://prometheus.io/download) and put it on the PATH, or leave out --prometheus.',
      options,
    );
  }
}
