import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Action } from '../../src/audit/action.js';
import { AUDITED_AS } from '../../src/audit/audited-as.js';
import type { TestServer } from '../support/test-server.js';

/** What each route declares itself to be called, by its name such as `POST /key/:client_id`; only those that do. */
export function declaredActions(server: TestServer): ReadonlyMap<string, Action> {
  const controllers = [...server.app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return new Map(controllers.flatMap(({ metatype }) => actionsOf(metatype as Controller)));
}

interface Controller {
  readonly prototype: Readonly<Record<string, object>>;
}

function actionsOf(controller: Controller): [string, Action][] {
  const roots = [read<string | string[]>(PATH_METADATA, controller) ?? ''].flat();
  return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
    const handler = controller.prototype[name];
    const action = handler && read<Action>(AUDITED_AS, handler);
    if (handler === undefined || action === undefined) return [];
    const method = RequestMethod[read<RequestMethod>(METHOD_METADATA, handler) ?? RequestMethod.ALL];
    const path = read<string>(PATH_METADATA, handler) ?? '';
    return roots.map((root): [string, Action] => [
      `${method} /${[root, path].filter((part) => part !== '').join('/')}`,
      action,
    ]);
  });
}

function read<Value>(key: string, target: object): Value | undefined {
  return Reflect.getMetadata(key, target) as Value | undefined;
}
