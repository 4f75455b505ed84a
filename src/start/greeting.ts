import type { KmsConfiguration } from '../config/configuration.js';
import type { RunningServer } from '../server.js';

/**
 * What a human sees at the start: where things are and how to get a token. Never a secret that lasts: at a terminal, and
 * there alone, a link that signs in once within ten minutes.
 */
export function greeting(
  server: RunningServer,
  configuration: KmsConfiguration,
  { isTerminal }: { readonly isTerminal: boolean },
): string {
  const { made, url, zvaultUrl, zauthUrl, operationsUrl } = server;
  const publicUrl = configuration.publicUrl?.href;
  const shown = publicUrl ?? url;
  const docsUrl = { on: shown, operations: operationsUrl, off: undefined }[configuration.docs];
  const canMint = server.canMint && !configuration.production;
  const lines = [
    ...made.map((path) => `made ${path} (mode 0600)`),
    ...(made.length === 0 || configuration.kek.provider !== 'file'
      ? []
      : ['back the sealing key up: without it nothing can be opened']),
    `Split-key KMS is ready at ${url}`,
    ...(publicUrl === undefined ? [] : [`  for clients  ${publicUrl}`]),
    ...(configuration.console === 'on' ? [`  console      ${shown}/console/${codeFor(server, isTerminal)}`] : []),
    ...(docsUrl === undefined ? [] : [`  Swagger UI   ${docsUrl}/docs`]),
    ...(canMint ? ['  a token      npm run token -- alice'] : []),
    ...(operationsUrl === undefined ? [] : [`  operations   ${operationsUrl}`]),
    `  SDK dialect  ${zvaultUrl ?? `${shown}/zvault`}  ${zauthUrl ?? `${shown}/zauth`}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** In the fragment, which browsers send to nobody. */
function codeFor({ issueSignInCode }: RunningServer, isTerminal: boolean): string {
  return isTerminal && issueSignInCode !== undefined ? `#code=${issueSignInCode()}` : '';
}

/** The same for a program, as one line. */
export function greetingAsJson(server: RunningServer, { publicUrl }: KmsConfiguration): string {
  const { made, url, zvaultUrl, zauthUrl, operationsUrl } = server;
  const shown = publicUrl?.href ?? url;
  const addresses = {
    url,
    public_url: publicUrl?.href ?? null,
    zvault_url: zvaultUrl ?? `${shown}/zvault`,
    zauth_url: zauthUrl ?? `${shown}/zauth`,
    operations_url: operationsUrl ?? null,
  };
  return `${JSON.stringify({ ready: true, ...addresses, made })}\n`;
}
