import { connect } from 'node:net';

/** Resolves once the port takes no connection any more. */
export async function noLongerListening(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const isOpen = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname)
        .once('connect', () => {
          socket.destroy();
          resolve(true);
        })
        .once('error', () => {
          resolve(false);
        });
    });
  while (await isOpen());
}
