import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { Clock } from './clock/clock.js';
import { GuardedClock } from './clock/guarded-clock.js';
import type { KmsConfiguration } from './config/configuration.js';
import { refuseOpenDatabase } from './config/database-modes.js';
import { Metrics } from './metrics/metrics.js';
import { SEALED_COLUMNS } from './sealed-columns.js';
import { openOperatorSocket } from './operator/open-operator-socket.js';
import type { OperatorSocket } from './operator/operator-socket.js';
import { ServiceSeal } from './readiness/service-seal.js';
import { connectionsAllowed } from './start/open-files.js';
import { awaitPassphrase } from './start/await-passphrase.js';
import { openKekDesk } from './start/open-kek-desk.js';
import { configuredKeys, isPassphraseAsked, openConfiguredCustody } from './start/open-custody.js';
import { takePossession } from './start/take-possession.js';
import type { Possession } from './start/take-possession.js';
import { closeCustody } from './data-keys/custody.js';
import type { Custody } from './data-keys/custody.js';
import { OpenedRings } from './data-keys/ring-sources.js';
import { OpenedDatabase } from './database/opened-database.js';
import { checkDatabase } from './database/start-checks.js';
import { prepareEdge } from './http/listen/edge.js';
import { fastifyAdapter } from './http/listen/fastify-adapter.js';
import type { ListenerTimeouts } from './http/listen/listener-limits.js';
import { listenEverywhere } from './http/listen/listen-everywhere.js';
import type { Addresses } from './http/listen/listen-everywhere.js';
import { Listeners } from './http/listen/listeners.js';
import { TlsRenewal } from './http/listen/tls-renewal.js';
import type { LogSink } from './http/listen/log-options.js';
import { LogDestination } from './http/listen/log-destination.js';
import { NestLogger } from './http/listen/nest-logger.js';
import { serveConsole } from './console/serve-console.js';
import type { IssueCode } from './console/serve-console.js';
import { serveOpenApi } from './http/openapi/openapi.js';
import { whileDraining } from './http/listen/drain.js';

export interface ServerOptions {
  /** What tells the time; the machine's clock, guarded, if absent. */
  readonly clock?: Clock;
  /** Where log lines go; standard output if absent. */
  readonly logSink?: LogSink;
  /** How long clients may take, where it is not as usual. */
  readonly timeouts?: Partial<ListenerTimeouts>;
  /** Hears what takes long before the server listens; nobody if absent. */
  readonly say?: (line: string) => void;
  /** Ends a start that waits for somebody. */
  readonly signal?: AbortSignal;
  /** Called when keys were let go of that may still be in memory. In a process of others it would stop them all. */
  readonly collectGarbage?: () => void;
}

/** A server that answers. */
export interface RunningServer extends Addresses {
  readonly app: NestFastifyApplication;
  /** The paths of the secret files that this start made. */
  readonly made: readonly string[];
  /** Whether tokens are checked with a shared secret, with which they can be minted here too. */
  readonly canMint: boolean;
  /** A code that signs in to the console once; absent where nobody is to sign in so. */
  readonly issueSignInCode: IssueCode | undefined;
  /** Takes new TLS files over; files that cannot be used change nothing. Says in the log what it did. */
  renewTls(): void;
  /** Answers what is under way, then stops listening and closes the database. */
  close(): Promise<void>;
}

/**
 * Starts the whole service: the database made its own, secrets, a look at the database, migrations, engines' known answers, then the listeners.
 * Rejects, with nothing left listening, locked or open, when any of it fails.
 */
export async function startServer(
  configuration: KmsConfiguration,
  options: ServerOptions = {},
): Promise<RunningServer> {
  if (configuration.production) refuseOpenDatabase(configuration);
  const { lock, sealingKey, ...possession } = takePossession(configuration);
  let custody: Custody | undefined;
  try {
    const say = options.say ?? (() => undefined);
    custody = isPassphraseAsked(configuration)
      ? await awaitPassphrase(configuration, { say, signal: options.signal })
      : await openConfiguredCustody(configuration, { sealingKey });
    const clock = options.clock ?? new GuardedClock(configuration.clockToleranceSeconds);
    checkDatabase(configuration.database, {
      production: configuration.production,
      keys: configuredKeys(custody),
      say,
    });
    const rings = new OpenedRings(custody, () => clock.nowMilliseconds());
    const server = await startOwning(configuration, { ...possession, rings, clock }, options);
    const close = async (): Promise<void> => {
      try {
        await server.close();
      } finally {
        lock.release();
      }
    };
    return { ...server, close };
  } catch (error) {
    // The process may go on: with it a module's child, and what it can unwrap. Closed again where it is already, it is fine.
    if (custody !== undefined) await closeCustody(custody).catch(() => undefined);
    lock.release();
    throw error;
  }
}

/** What is this process's own by now. */
interface Owned extends Omit<Possession, 'lock' | 'sealingKey'> {
  readonly rings: OpenedRings;
  readonly clock: Clock;
}

/** Starts everything but what {@link takePossession} did. */
async function startOwning(
  configuration: KmsConfiguration,
  owned: Owned,
  options: ServerOptions,
): Promise<RunningServer> {
  const { rings, clock, tokenSecret, made } = owned;
  const listeners = new Listeners(configuration, connectionsAllowed(configuration.maxConnections), options.timeouts);
  const own = options.logSink === undefined ? new LogDestination() : undefined;
  const adapter = fastifyAdapter(configuration, listeners, options.logSink ?? own);
  const root = AppModule.of(configuration, { rings: rings.sources, tokenSecret }, clock);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(adapter.getInstance().log),
  });
  let operator: OperatorSocket | undefined;
  const close = (): Promise<void> =>
    whileDraining(listeners.all, async () => {
      listeners.refuseWaiting();
      await listeners.closeBeside(app.getHttpServer());
      await operator?.close();
      await app.close();
      await own?.end();
    });
  try {
    await prepareEdge(app, configuration, listeners);
    // Before anybody is served.
    await rings.sealAgain(app.get(OpenedDatabase), SEALED_COLUMNS, options.say ?? ((): void => undefined));
    sealsWith(app, rings, configuration, options.collectGarbage);
    const metrics = app.get(Metrics);
    metrics.watchConnections(listeners.connections);
    if (own !== undefined) metrics.watchLog(own);
    serveOpenApi(app, configuration);
    const issueSignInCode = serveConsole(app, configuration, tokenSecret);
    const { log } = adapter.getInstance();
    const desk = await openKekDesk(app, rings, configuration, () => clock.nowMilliseconds());
    operator = await openOperatorSocket(app, configuration, desk);
    const renewal = new TlsRenewal(configuration.tls, listeners, app.get(Clock), metrics, log);
    const renewTls = (): void => {
      renewal.renew();
    };
    return {
      app,
      made,
      canMint: tokenSecret !== undefined,
      issueSignInCode,
      ...(await listenEverywhere(app, configuration, listeners)),
      renewTls,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The keys are let go of when nobody uses them any more, and taken up before anybody does. */
function sealsWith(
  app: NestFastifyApplication,
  rings: OpenedRings,
  configuration: KmsConfiguration,
  collectGarbage: ServerOptions['collectGarbage'],
): void {
  const database = app.get(OpenedDatabase);
  app.get(ServiceSeal).keep({
    seal: async () => {
      await rings.drop(database);
      collectGarbage?.();
    },
    unseal: async (passphrase) => {
      const known = rings.passphrases(database);
      await rings.reopen(database, await openConfiguredCustody(configuration, { passphrase, known }));
      collectGarbage?.();
    },
  });
}
