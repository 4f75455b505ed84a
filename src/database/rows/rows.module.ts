import { type DynamicModule, Module } from '@nestjs/common';
import type { RingSources } from '../../data-keys/ring-sources.js';
import { OpenedDatabase } from '../opened-database.js';
import { RowGuard } from './row-guard.js';

/** The one {@link RowGuard}, for everybody who reads or writes rows that decide. */
@Module({})
export class RowsModule {
  static of({ rows }: Pick<RingSources, 'rows'>): DynamicModule {
    return {
      module: RowsModule,
      global: true,
      providers: [
        {
          provide: RowGuard,
          inject: [OpenedDatabase],
          useFactory: async (database: OpenedDatabase) => new RowGuard((await rows(database)).ring),
        },
      ],
      exports: [RowGuard],
    };
  }
}
