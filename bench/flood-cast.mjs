// Who takes part in the flood: the tenant that floods, and the others, with all that they will send made beforehand.
import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';

/** Split keys that are made at a time. */
const AT_ONCE = 16;

/**
 * An empty data directory below `root`.
 *
 * @param {string} root
 * @param {string} name
 */
export function floodedFolder(root, name) {
  const path = join(root, name.replaceAll(' ', '-'));
  mkdirSync(path, { mode: 0o700 });
  return path;
}

/**
 * Makes, over HTTP, one tenant's wallet with a split key to sign with and one for each revocation, and the requests.
 *
 * @param {number} port
 * @param {string} secret what tokens are signed with
 * @param {{ readonly sign: number, readonly revoke: number }} counts
 * @param {(share: Uint8Array, hash: Uint8Array) => Uint8Array} sign
 */
export async function prepareObserved(port, secret, counts, sign) {
  const token = await tokenOf(secret, 'observed');
  /**
   * @param {string} path
   * @param {object} body
   * @returns {Promise<{ client_id: string, public_key: string, private_key: string }>} what is in it depends on the call
   */
  const post = async (path, body) => {
    const headers = { 'X-Jwt-Token': token, 'Content-Type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return /** @type {any} */ (await answer.json());
  };
  const { client_id: clientId } = await post('/wallet', {});
  /** @type {{ public_key: string, private_key: string }[]} */
  const keys = [];
  while (keys.length <= counts.revoke) {
    keys.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => post(`/key/${clientId}`, {})))));
  }
  const [signer, ...others] = keys;
  const share = Buffer.from(signer.private_key, 'hex');
  const signatures = Array.from({ length: counts.sign }, () => {
    const hash = randomBytes(32);
    const signature = Buffer.from(sign(share, hash)).toString('hex');
    const body = JSON.stringify({ hash: hash.toString('hex'), signature, client_id: clientId });
    return requestText('POST /sign/msg', [`X-Peer-Public-Key: ${signer.public_key}`], body);
  });
  const revocations = others.map(({ public_key: publicKey }) =>
    requestText(`POST /revoke/${clientId}`, [`X-Jwt-Token: ${token}`], JSON.stringify({ public_key: publicKey })),
  );
  const health = requestText('GET /health/live', [], undefined);
  return {
    requests: { health: [health], connect: [health], sign: signatures, revoke: revocations },
    floodToken: await tokenOf(secret, 'flood'),
  };
}

/**
 * @param {string} secret
 * @param {string} user
 */
export function tokenOf(secret, user) {
  const claims = new SignJWT({ user_id: user }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
  return claims.sign(createSecretKey(secret, 'utf8'));
}

/**
 * @param {string} what method and path
 * @param {readonly string[]} headers
 * @param {string | undefined} body
 */
export function requestText(what, headers, body) {
  const ofBody = body === undefined ? [] : ['Content-Type: application/json', `Content-Length: ${body.length}`];
  return [`${what} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, ...ofBody, '', body ?? ''].join('\r\n');
}
