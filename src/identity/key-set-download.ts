/** How long one download may take, from connecting to the last byte. */
const TIMEOUT_MILLISECONDS = 5_000;

/** Real key sets have some kilobytes. */
const MOST_BYTES = 262_144;

/**
 * Downloads a JSON Web Key Set (RFC 7517 section 5).
 *
 * Rejects when the endpoint does not answer 200 with a set of at most 256 KiB in time. Redirects are not
 * followed: the configuration names the place that is trusted.
 */
export async function downloadKeySet(url: string): Promise<{ keys: unknown[] }> {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the key set endpoint answered ${response.status}`);
  }
  const document: unknown = JSON.parse(await readText(response));
  if (typeof document !== 'object' || document === null || !('keys' in document) || !Array.isArray(document.keys)) {
    throw new Error('the key set endpoint answered something else than a key set');
  }
  return { keys: document.keys.filter((key) => typeof key === 'object' && key !== null) };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The typings leave open what a body is made of; fetch defines it as bytes.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('the key set is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
