import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const AUDITED_AS = 'kms:audited-as';

/** Names the use case of a route in the record, in metrics and in logs, such as `share-key`. */
export const AuditedAs = (action: string): CustomDecorator => SetMetadata(AUDITED_AS, action);
