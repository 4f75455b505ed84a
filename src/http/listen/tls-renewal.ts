import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../clock/clock.js';
import { expiryWarning } from '../../config/certificate-expiry.js';
import { ConfigurationError } from '../../config/configuration-error.js';
import type { TlsMaterial } from '../../config/tls-material.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { Listeners } from './listeners.js';

/**
 * Takes over new TLS files without a restart. Connections that are open go on as they are, new ones get the new
 * certificate; files that cannot be used change nothing.
 */
export class TlsRenewal {
  constructor(
    private readonly tls: TlsMaterial | undefined,
    private readonly listeners: Listeners,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly log: FastifyBaseLogger,
  ) {
    if (tls !== undefined) this.metrics.tlsCertificate(tls.notAfterMs);
  }

  /** Reads the files again. Never throws: whoever sent the signal hears nothing, so the log says what became of it. */
  renew(): void {
    if (this.tls === undefined) {
      this.log.info('SIGHUP: there are no TLS files to read again');
      return;
    }
    try {
      const material = this.tls.readAgain();
      this.listeners.renewTls(material);
      this.metrics.tlsCertificate(material.notAfterMs);
      material.privateKeyPem.wipe();
      this.log.info({ notAfter: new Date(material.notAfterMs).toISOString() }, 'SIGHUP: the TLS files were read again');
      const warning = expiryWarning(material.notAfterMs, this.clock.nowMilliseconds());
      if (warning !== undefined) this.log.warn(warning);
    } catch (error) {
      const why = error instanceof ConfigurationError ? error.message : 'the TLS library refused them';
      this.log.error({ why }, 'SIGHUP: the TLS files cannot be used; the earlier certificate stays');
    }
  }
}
