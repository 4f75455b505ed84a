import type { KmsConfiguration } from '../config/configuration.js';
import type { Custody } from '../data-keys/custody.js';
import { StartError } from '../errors/start-error.js';
import { OneAtATime } from '../fairness/one-at-a-time.js';
import { passphraseIn } from '../operator/operator-commands.js';
import { OperatorSocket } from '../operator/operator-socket.js';
import { openConfiguredCustody } from './open-custody.js';

export interface Waiting {
  /** Hears that it waits, and for what. */
  readonly say: (line: string) => void;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits, sealed, until an operator gives the passphrase over the operator's socket (`kms unseal`), and opens with it. Serves
 * nothing meanwhile but the two commands; a wrong passphrase is told, and it waits on.
 *
 * Rejects with `StartError` where there is no place for a socket, and with the signal's reason when that comes first.
 */
export async function awaitPassphrase(configuration: KmsConfiguration, { say, signal }: Waiting): Promise<Custody> {
  const { operatorSocket } = configuration;
  if (operatorSocket === undefined) {
    throw new StartError('KEK_PASSPHRASE_FILE (or KEK_PASSPHRASE) must be set where there is no OPERATOR_SOCKET');
  }
  const opened = new Opened(configuration);
  const socket = await OperatorSocket.open(operatorSocket, {
    status: () =>
      Promise.resolve({
        ready: false,
        sealed: true,
        reasons: { seal: 'waits for the passphrase of its key: kms unseal' },
        warnings: [],
        checkpoint: null,
      }),
    unseal: async (given) => {
      const passphrase = passphraseIn(given);
      if (passphrase === undefined) throw new StartError('this service waits for its passphrase, and none was sent');
      return { sealed: false, changed: await opened.with(passphrase), starts: true };
    },
  });
  try {
    say(`sealed: waiting for the passphrase, which kms unseal asks for (${operatorSocket})`);
    return await Promise.race([opened.custody, stopped(signal)]);
  } finally {
    await socket.end();
  }
}

/** What was opened with the first passphrase that is right. Attempts are made one after the other. */
class Opened {
  readonly custody: Promise<Custody>;
  #resolve: (custody: Custody) => void = () => undefined;
  #isOpen = false;
  readonly #attempts = new OneAtATime();

  constructor(private readonly configuration: KmsConfiguration) {
    this.custody = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Resolves with whether this one opened it. Rejects with `StartError` when it is wrong. */
  with(passphrase: NonNullable<ReturnType<typeof passphraseIn>>): Promise<boolean> {
    const attempt = this.#attempts.run(async () => {
      if (this.#isOpen) return false;
      this.#resolve(await openConfiguredCustody(this.configuration, { passphrase }));
      this.#isOpen = true;
      return true;
    });
    return attempt.finally(() => {
      passphrase.wipe();
    });
  }
}

function stopped(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(signal?.reason as Error);
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
