import { pathOf } from '../body/url-path.js';

/** Health is asked for on every port, since orchestrators probe the one that they send requests to. */
const HEALTH = /^\/health\/(live|ready)$/;

/** Whether a request asks for health; `url` is its path and query. */
export function isHealthCheck(method: string, url: string): boolean {
  return (method === 'GET' || method === 'HEAD') && HEALTH.test(pathOf(url));
}
