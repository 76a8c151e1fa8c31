import { Int, ObjectType } from '@nestjs/graphql';
import { datetime } from '../../contract/datetime';
import { Shown } from '../../contract/model';
import type { Device, UserRecord } from '../../contract/records';
import type { Country } from '../../infra/geo';
import type { LogEntity } from './log.entity';

@ObjectType('Log')
export class LogModel {
  @Shown() event: string;
  @Shown() userId: string;
  @Shown() userEmail: string;
  @Shown() userName: string;
  @Shown() mode: string;
  @Shown() userType: string;
  @Shown() ip: string;
  @Shown() time: string;
  @Shown() osCode: string;
  @Shown() osName: string;
  @Shown() osVersion: string;
  @Shown() clientType: string;
  @Shown() clientCode: string;
  @Shown() clientName: string;
  @Shown() clientVersion: string;
  @Shown() clientEngine: string;
  @Shown() clientEngineVersion: string;
  @Shown() deviceName: string;
  @Shown() deviceBrand: string;
  @Shown() deviceModel: string;
  @Shown() countryCode: string;
  @Shown() countryName: string;

  static of(entry: LogEntity, { user, device, country }: { user: UserRecord; device: Device; country: Country }): LogModel {
    return {
      event: entry.event,
      userId: entry.userId,
      userEmail: user.email ?? '',
      userName: user.name,
      mode: 'default',
      userType: entry.actor,
      ip: entry.ip,
      time: datetime(entry.at),
      ...device,
      countryCode: country.code,
      countryName: country.name,
    };
  }
}

@ObjectType('LogList')
export class LogListModel {
  @Shown(() => Int) total: number;
  @Shown(() => [LogModel]) logs: LogModel[];
}
