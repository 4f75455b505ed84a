// What a web wallet's page does: load the SDK, give it bls-wasm to sign and verify with, call its functions. The page's
// origin is not the service's, so every call is a cross-origin one. What was found is posted to whoever served the page.
import { loadSdk } from './sdk.mjs';
import { rulesFor } from './rules.mjs';

const results = [];
try {
  const settings = await (await fetch('/settings.json')).json();
  const sdk = await loadSdk(settings);
  for (const [place, addresses] of Object.entries(settings.addresses)) {
    for (const [name, hold] of rulesFor(sdk, { ...settings, ...addresses })) {
      results.push({ name: `${name}, ${place}`, ...(await outcomeOf(hold)) });
    }
  }
} catch (failure) {
  results.push({ name: 'the page', outcome: 'fail', why: String(failure) });
}
await fetch('/results', { method: 'POST', body: JSON.stringify(results) });

async function outcomeOf(hold) {
  try {
    await hold();
    return { outcome: 'pass' };
  } catch (failure) {
    return { outcome: 'fail', why: String(failure) };
  }
}
