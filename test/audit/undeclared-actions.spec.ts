import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { DeclaredActions } from '../../src/http/errors/declared-actions.js';
import { UseCase } from '../../src/http/openapi/use-case.js';
import { Access } from '../../src/identity/access.js';

@Controller('with-token')
class WithToken {
  @Get()
  @Access('token')
  answer(): string {
    return '';
  }
}

@Controller('with-partial')
@Access('partial-signature')
class WithPartial {
  @Get()
  answer(): string {
    return '';
  }
}

@Controller('public')
class Public {
  @Get()
  @Access('public')
  answer(): string {
    return '';
  }
}

@Controller('named')
class Named {
  @Get()
  @Access('token')
  @UseCase('share-key', { summary: '', errors: [] })
  answer(): string {
    return this.notARoute();
  }

  notARoute(): string {
    return '';
  }
}

async function start(controller: Type): Promise<void> {
  @Module({ imports: [DiscoveryModule], providers: [DeclaredActions], controllers: [controller] })
  class Server {}
  await (await NestFactory.createApplicationContext(Server, { logger: false, abortOnError: false })).close();
}

describe('a server', () => {
  it.each([WithToken, WithPartial])(
    'does not start with a route that has no name to record its callers by: %p',
    async (controller) => {
      await expect(start(controller)).rejects.toThrow(`${controller.name}.answer authenticates callers`);
    },
  );

  it.each([Public, Named])('starts with one that authenticates nobody, or has a name: %p', async (controller) => {
    await expect(start(controller)).resolves.toBeUndefined();
  });
});
