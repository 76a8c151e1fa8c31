import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { ENTITIES } from './src/app.module';
import { readSettings } from './src/config/settings';
import { dataSourceOptions } from './src/infra/database/data-source';

/** For TypeORM's own command line: `npm run typeorm -- migration:show`. The product reads the same options. */
export default new DataSource(dataSourceOptions(readSettings(process.env).settings, ENTITIES));
