import { type ExecutionContext, Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Action } from '../../audit/action.js';
import { AUDITED_AS } from '../../audit/audited-as.js';
import { ACCESS_RULE, type AccessRule } from '../../identity/access.js';

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** What routes declare themselves to be called in the record. */
@Injectable()
export class DeclaredActions implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** Throws, so that the server does not start, when what a route refuses could have no name in the record. */
  onModuleInit(): void {
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, Handler>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (handler === undefined || !Reflect.hasMetadata(PATH_METADATA, handler)) continue;
        const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [handler, metatype]);
        // Nobody is authenticated by a public route, and nobody may call one that declares no access.
        if (rule === undefined || rule === 'public' || this.of(handler) !== undefined) continue;
        throw new Error(`${metatype.name}.${name} authenticates callers, and has no @UseCase to record them by`);
      }
    }
  }

  /** None for routes that authenticate nobody. */
  of(handler: Handler): Action | undefined {
    return this.reflector.get<Action | undefined>(AUDITED_AS, handler);
  }
}
