import { ConfigurationError } from './configuration-error.js';
import type { WitnessesConfiguration } from './configuration.js';
import { proxyConfiguration } from './proxy-configuration.js';
import type { SettingValues } from './settings.js';

/** What the settings say together. Throws `ConfigurationError`. */
export function witnessesConfiguration(values: SettingValues): WitnessesConfiguration {
  const { AUDIT_WITNESS_URLS: asked = [], AUDIT_WITNESS_QUORUM: quorum, AUDIT_WITNESS_POLICY: policy } = values;
  if (asked.length === 0 && (quorum !== undefined || policy === 'require')) {
    const name = policy === 'require' ? 'AUDIT_WITNESS_POLICY' : 'AUDIT_WITNESS_QUORUM';
    throw new ConfigurationError(name, 'needs AUDIT_WITNESS_URLS: no witness is configured');
  }
  if (quorum !== undefined && quorum > asked.length) {
    throw new ConfigurationError('AUDIT_WITNESS_QUORUM', 'must not be more than there are in AUDIT_WITNESS_URLS');
  }
  const proxy = asked.length === 0 ? { proxy: undefined, noProxy: '' } : proxyConfiguration(values);
  return Object.freeze({
    witnesses: Object.freeze(asked),
    quorum: quorum ?? asked.length,
    areRequired: policy === 'require',
    ...proxy,
  });
}
