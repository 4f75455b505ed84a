import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Action } from './action.js';

export const AUDITED_AS = 'kms:audited-as';

/** Names the use case of a route as the record and OpenAPI know it, such as `share-key`. */
export const AuditedAs = (action: Action): CustomDecorator => SetMetadata(AUDITED_AS, action);
