import { Injectable } from '@nestjs/common';
import type DeviceDetector from 'node-device-detector';
import type { ResultDevice } from 'node-device-detector';
import type { Device } from '../contract/records';

/** Of a user agent, in characters: real ones stay below, and each further one costs every pattern more. */
const LONGEST = 512;

/** User agents remembered: half a kilobyte each and as much for the answer, so about a megabyte. */
const REMEMBERED = 1_000;

const UNKNOWN: Readonly<Device> = Object.freeze({
  osCode: '', osName: '', osVersion: '',
  clientType: '', clientCode: '', clientName: '', clientVersion: '', clientEngine: '', clientEngineVersion: '',
  deviceName: '', deviceBrand: '', deviceModel: '',
});

@Injectable()
export class Devices {
  /** Oldest use first: a Map keeps insertion order, so reading re-inserts. */
  private readonly known = new Map<string, Device>();

  /**
   * Whose device this is, for a session or log. Never throws: a strange user agent must not stop a sign-in.
   * A new user agent costs 1 to 10 ms of the event loop (30 if very odd), one remembered 1 µs: ask only when something is written.
   * @returns a frozen record, shared by all who ask for the same user agent
   */
  detect(userAgent: string): Device {
    if (!userAgent) return UNKNOWN;
    const agent = cap(userAgent);
    const device = this.known.get(agent) ?? this.read(agent);
    this.known.delete(agent);
    this.known.set(agent, device);
    if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value!);
    return device;
  }

  /** Whose device this is, for the reader of a mail; each is empty where nothing is known. */
  words(userAgent: string): { agentClient: string; agentOs: string; agentDevice: string } {
    const { clientName, clientVersion, osName, osVersion, deviceBrand, deviceModel } = this.detect(userAgent);
    return {
      agentClient: `${clientName} ${clientVersion}`.trim(),
      agentOs: `${osName} ${osVersion}`.trim(),
      agentDevice: `${deviceBrand} ${deviceModel}`.trim(),
    };
  }

  private read(agent: string): Device {
    detector ??= load();
    try {
      const { os, client, device } = detector.detect(agent);
      return Object.freeze({
        osCode: code(os.short_name),
        osName: os.name ?? '',
        osVersion: os.version ?? '',
        ...(appwriteCli(agent) ?? {
          clientType: client.type ?? '',
          clientCode: code(client.short_name),
          clientName: client.name ?? '',
          clientVersion: client.version ?? '',
          clientEngine: client.engine ?? '',
          clientEngineVersion: client.engine_version ?? '',
        }),
        deviceName: device.type,
        deviceBrand: device.brand,
        deviceModel: device.model,
      });
    } catch {
      // The detector trips over some: it takes a model called `constructor` for an entry of its index.
      return UNKNOWN;
    }
  }
}

/** One a process, however many ask: it has no state of its own. */
let detector: DeviceDetector | undefined;

/** Loading takes about 110 ms and 30 MB, so a process which signs nobody in never does. */
function load(): DeviceDetector {
  compilePatternsOnce();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the process
  const Detector = require('node-device-detector') as typeof DeviceDetector;
  const fresh = new Detector({
    osIndexes: true,
    clientIndexes: true,
    deviceIndexes: true,
    // Appwrite leaves Matomo's default, which keeps major and minor: `127.0`. Here 1 counts the minor parts.
    osVersionTruncate: 1,
    clientVersionTruncate: 1,
  });
  const parse = fresh.parseDevice;
  fresh.parseDevice = (agent, hints) => (namesNoDevice(agent) ? { ...NO_DEVICE } : parse.call(fresh, agent, hints));
  return fresh;
}

/**
 * The detector compiles its patterns anew for each user agent and leans on V8 to remember them. V8 forgets after a few
 * garbage collections, and an unknown phone then blocks the process for 450 ms, again and again. Kept, they are compiled
 * once, in less memory than V8 takes to forget and start over.
 */
function compilePatternsOnce(): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded with the detector, for the same reason
  const helper = require('node-device-detector/parser/helper') as { getBaseRegExp(pattern: string): RegExp };
  const compile = helper.getBaseRegExp;
  const compiled = new Map<string, RegExp>();
  helper.getBaseRegExp = (pattern) => {
    let regex = compiled.get(pattern);
    if (!regex) compiled.set(pattern, (regex = compile(pattern)));
    return regex;
  };
}

const NO_DEVICE: ResultDevice = Object.freeze({ id: '', type: '', brand: '', model: '' });

const DESKTOP = /\((?:Macintosh;|X11; (?:\w+; )?(?:Linux (?:x86_64|i686)|CrOS ))/;
const NOT_DESKTOP = /Andr[o0]id|Mobile|Tablet|iPhone|iPad|TV|Silk|FBMD\/|Tesla\/|XBOX|Lenovo|Oculus|Pico/i;
const FIREFOX_FOR_ANDROID = /^Mozilla\/5\.0 \(Android [\d.]+; (?:Mobile|Tablet); rv:[\d.]+\) Gecko\/[\d.]+ Firefox\/[\d.]+$/;
const PROGRAM = /^(?:(?:node|undici|axios|curl|okhttp|PostmanRuntime|Go-http-client|python-requests)(?:\/[\w.-]+)?$|Dart\/[\d.]+ \(dart:io\)$|Appwrite\w+\/)/;

/**
 * Common user agents in which no device can be found. The detector looks for one all the same, through the patterns of
 * two thousand brands (8 ms; the first time 450 ms and 60 MB); it spares itself that only for Windows.
 */
function namesNoDevice(agent: string): boolean {
  return (DESKTOP.test(agent) && !NOT_DESKTOP.test(agent)) || FIREFOX_FOR_ANDROID.test(agent) || PROGRAM.test(agent);
}

/** Appwrite's own command line is unknown to Matomo; Appwrite names it by hand. */
function appwriteCli(agent: string) {
  if (!agent.includes('AppwriteCLI')) return undefined;
  const clientVersion = agent.split(' ', 1)[0].split('/')[1] ?? '';
  return { clientType: 'desktop', clientCode: 'cli', clientName: 'Appwrite CLI', clientVersion, clientEngine: '', clientEngineVersion: '' };
}

/** `UNK` is Matomo's code for a name which has none. */
function code(short: string | undefined): string {
  return short === undefined || short === 'UNK' ? '' : short;
}

/**
 * A copy of one byte a character, as headers are. A slice would keep the whole header in memory as long as it is
 * remembered; and for wider characters V8 compiles every pattern once more (140 ms).
 */
function cap(userAgent: string): string {
  return Buffer.from(userAgent.slice(0, LONGEST), 'latin1').toString('latin1');
}
