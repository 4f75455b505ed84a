const { bls, Go } = globalThis;

/** The SDK's functions; each rejects with what the SDK calls an error. */
export async function loadSdk({ chain }) {
  await bls.init(bls.BN254);
  const bridge = { glob: { index: 0 }, jsProxy: { sign, verify: verifyOwn, verifyWith, createObjectURL }, sdk: {} };
  globalThis.__zcn_wasm__ = bridge;
  const go = new Go();
  const { instance } = await globalThis.WebAssembly.instantiateStreaming(fetch('/zcn.wasm'), go.importObject);
  // It runs for as long as the page does.
  void go.run(instance);
  while (bridge.__wasm_initialized__ !== true) await new Promise((resolve) => setTimeout(resolve, 20));
  const names = Object.keys(bridge.sdk);
  const sdk = Object.fromEntries(names.map((name) => [name, calling(bridge.sdk[name])]));
  await sdk.init(
    '0afc093ffb509f059c55478bc1a60351cef7b4e9c008a53a6cc8241ca8617dfe',
    chain,
    'bls0chain',
    50,
    50,
    3,
    '',
    '',
    1,
  );
  return sdk;
}

function calling(sdkFunction) {
  return async (...words) => {
    const result = await sdkFunction(...words);
    if (result?.error !== undefined) throw new Error(String(result.error));
    return result;
  };
}

/** A key pair that is made here, as web wallets make theirs. */
export function makeKey() {
  const secret = new bls.SecretKey();
  secret.setByCSPRNG();
  return { privateKey: secret.serializeToHexStr(), publicKey: secret.getPublicKey().serializeToHexStr() };
}

export async function sign(hash, privateKey) {
  return bls.deserializeHexStrToSecretKey(privateKey).sign(bytesOf(hash)).serializeToHexStr();
}

export async function verifyWith(publicKey, signature, hash) {
  const key = bls.deserializeHexStrToPublicKey(publicKey);
  return key.verify(bls.deserializeHexStrToSignature(signature), bytesOf(hash));
}

async function verifyOwn() {
  throw new Error('the SDK was not expected to verify with a key of its own');
}

async function createObjectURL() {
  throw new Error('the SDK was not expected to show a file');
}

function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
