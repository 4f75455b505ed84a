/** Where in the console one is, by the fragment of the address: `#/wallets/ID/KEY`. */
class Place {
  parts = $state<readonly string[]>(partsOf(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.parts = partsOf(location.hash);
    });
  }

  go(...parts: readonly string[]): void {
    location.hash = `#/${parts.join('/')}`;
  }
}

function partsOf(hash: string): readonly string[] {
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '');
}

export const place = new Place();
